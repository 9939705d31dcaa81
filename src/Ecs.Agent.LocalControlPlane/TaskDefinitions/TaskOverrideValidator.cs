using System.Collections.Immutable;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions;

/// <summary>The rules for RunTask's <c>overrides</c>, which must fit the definition they change.</summary>
public static class TaskOverrideValidator
{
    /// <summary>All problems, with paths from <c>overrides</c> on.</summary>
    public static ImmutableArray<DefinitionProblem> Validate(TaskDefinition definition, TaskOverride overrides)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(overrides);
        var problems = ImmutableArray.CreateBuilder<DefinitionProblem>();
        CheckSize("overrides.cpu", overrides.Cpu, TaskSize.CpuUnits, "Invalid 'cpu' setting for task.", problems);
        CheckSize("overrides.memory", overrides.Memory, TaskSize.MemoryMiB, "Invalid 'memory' setting for task.", problems);
        foreach (var (index, change) in (overrides.ContainerOverrides ?? []).Index())
        {
            CheckContainer(definition, change, JsonPath.Element("overrides.containerOverrides", index), problems);
        }

        return problems.ToImmutable();
    }

    private static void CheckContainer(
        TaskDefinition definition, ContainerOverride change, string path, ImmutableArray<DefinitionProblem>.Builder problems)
    {
        if ((definition.ContainerDefinitions ?? []).All(container => container.Name != change.Name))
        {
            problems.Add(new DefinitionProblem(JsonPath.Member(path, "name"),
                $"Override for container named {change.Name} is not a container in the TaskDefinition."));
        }

        foreach (var (index, variable) in (change.Environment ?? []).Index())
        {
            if (string.IsNullOrEmpty(variable.Name) || variable.Name.Contains('=', StringComparison.Ordinal))
            {
                problems.Add(new DefinitionProblem(JsonPath.Member(JsonPath.Element(JsonPath.Member(path, "environment"), index), "name"),
                    "Environment variable name should not be null or empty and must not contain '='."));
            }
        }
    }

    private static void CheckSize(
        string path, string? text, Func<string, int?> parse, string message, ImmutableArray<DefinitionProblem>.Builder problems)
    {
        if (text is not null && parse(text) is null or <= 0)
        {
            problems.Add(new DefinitionProblem(path, $"{message} Found '{text}'."));
        }
    }
}
