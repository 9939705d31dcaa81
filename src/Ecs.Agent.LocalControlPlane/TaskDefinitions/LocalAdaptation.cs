using System.Collections.Immutable;
using Ecs.Agent.LocalControlPlane.TaskDefinitions.Adaptation;
using Ecs.Agent.LocalControlPlane.TaskDefinitions.Attributes;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions;

/// <summary>
/// A definition made fit for a machine without AWS: the nearest equivalent of what only AWS has, one note for each difference. What cannot
/// be left out without changing what the program does stays in the definition, and with it the attribute that an instance would need.
/// </summary>
public sealed record LocalAdaptation
{
    /// <summary>The definition to place and to run.</summary>
    public required TaskDefinition Definition { get; init; }

    /// <summary>Every difference, in the order of the definition.</summary>
    public required ImmutableArray<AdaptationNote> Notes { get; init; }

    /// <summary>What rules out running here at all, such as a Windows platform or secrets that only AWS has.</summary>
    public required ImmutableArray<DefinitionProblem> Problems { get; init; }

    /// <summary>
    /// What an instance must have registered, by name, and by value where the attribute has one. These are the definition's
    /// requiresAttributes after adaptation, plus the GPU driver and the CPU architecture, which ECS matches in other ways.
    /// </summary>
    public required ImmutableArray<EcsAttribute> RequiredAttributes { get; init; }

    /// <summary>Adapts <paramref name="definition"/>, a registered revision.</summary>
    /// <param name="definition">The definition as it was registered.</param>
    /// <param name="loggingDrivers">The log drivers that it keeps, as the agents here are set up for them.</param>
    public static LocalAdaptation Of(TaskDefinition definition, params ImmutableArray<string> loggingDrivers)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var notes = ImmutableArray.CreateBuilder<AdaptationNote>();
        var adapted = NetworkAdaptation.Apply(TaskAdaptation.Apply(definition, notes), notes);
        adapted = VolumeAdaptation.Apply(ContainerAdaptation.Apply(adapted, loggingDrivers, notes), notes);
        adapted = adapted with { RequiresAttributes = Attributes.RequiredAttributes.Of(adapted) };
        return new LocalAdaptation
        {
            Definition = adapted,
            Notes = notes.ToImmutable(),
            Problems = [.. PlatformProblems(definition), .. AccountNeeds.Of(adapted)],
            RequiredAttributes =
            [
                .. adapted.RequiresAttributes.Where(attribute => !ContainerAdaptation.DoesWithout(attribute)),
                .. BeyondRequiresAttributes(adapted),
            ],
        };
    }

    private static ImmutableArray<DefinitionProblem> PlatformProblems(TaskDefinition definition) =>
        definition.RuntimePlatform?.OperatingSystemFamily is { } family && family != "LINUX"
            ? [new DefinitionProblem("runtimePlatform.operatingSystemFamily",
                $"'{family}' needs a Windows instance; this one runs Linux containers.")]
            : [];

    private static IEnumerable<EcsAttribute> BeyondRequiresAttributes(TaskDefinition definition)
    {
        if ((definition.ContainerDefinitions ?? []).Any(c => c.ResourceRequirements?.Any(r => r.Type == "GPU") == true))
        {
            yield return new EcsAttribute { Name = AttributeNames.GpuDriverVersion };
        }

        if (definition.RuntimePlatform?.CpuArchitecture is { } architecture)
        {
            yield return new EcsAttribute { Name = AttributeNames.CpuArchitecture, Value = architecture == "ARM64" ? "arm64" : "x86_64" };
        }
    }
}
