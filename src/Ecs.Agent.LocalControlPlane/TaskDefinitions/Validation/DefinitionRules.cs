using System.Collections.Immutable;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Validation;

/// <summary>A definition under examination and the problems found so far.</summary>
internal sealed class DefinitionRules(RegisterTaskDefinitionRequest request)
{
    private readonly ImmutableArray<DefinitionProblem>.Builder _problems = ImmutableArray.CreateBuilder<DefinitionProblem>();

    public RegisterTaskDefinitionRequest Request { get; } = request;

    public IReadOnlyList<ContainerDefinition> Containers { get; } = request.ContainerDefinitions ?? [];

    public IReadOnlyList<Volume> Volumes { get; } = request.Volumes ?? [];

    public ImmutableArray<DefinitionProblem> Problems => _problems.ToImmutable();

    /// <summary>The mode in force: ECS takes an absent one as <c>bridge</c>.</summary>
    public string NetworkMode => Request.NetworkMode ?? "bridge";

    public bool Requires(string compatibility) => Request.RequiresCompatibilities?.Contains(compatibility) == true;

    public ContainerDefinition? Container(string? name) => Containers.FirstOrDefault(c => c.Name is not null && c.Name == name);

    public void Add(string path, string message) => _problems.Add(new DefinitionProblem(path, message));

    /// <summary>Adds a problem when <paramref name="value"/> is given and outside the range.</summary>
    public void Range(string path, int? value, int least, int most, string unit = "")
    {
        if (value < least || value > most)
        {
            Add(path, $"Invalid value {value}: must be between {least} and {most}{(unit.Length == 0 ? "" : $" {unit}")}.");
        }
    }

    public void NotEmpty(string path, string? value, string what)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            Add(path, $"{what} should not be null or empty.");
        }
    }
}
