using Ecs.Agent.LocalControlPlane.TaskDefinitions.Validation;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Checking;

/// <summary>What works, but hardly as whoever wrote it meant.</summary>
internal static class DoubtfulSettings
{
    public static IEnumerable<DefinitionProblem> Of(RegisterTaskDefinitionRequest request)
    {
        var rules = new DefinitionRules(request);
        return
        [
            .. ReservedMemory(rules),
            .. UnusedVolumes(rules),
            .. rules.Containers.SelectMany((container, index) => Swap(container, index).Concat(RepeatedVariables(container, index))),
        ];
    }

    private static IEnumerable<DefinitionProblem> ReservedMemory(DefinitionRules rules)
    {
        var reserved = rules.Containers.Sum(container => (long)(container.MemoryReservation ?? container.Memory ?? 0));
        var soft = rules.Containers.Sum(container => (long)(container.MemoryReservation ?? 0));
        if (rules.Request.Memory is { } text && TaskSize.MemoryMiB(text) is { } memory && reserved > memory && soft <= memory)
        {
            yield return new DefinitionProblem("memory",
                $"The containers together may use {reserved} MiB (memoryReservation, or memory without it), more than the {memory} MiB of the"
                + " task: the task's limit kills one of them first.");
        }
    }

    private static IEnumerable<DefinitionProblem> UnusedVolumes(DefinitionRules rules)
    {
        var mounted = rules.Containers.SelectMany(container => container.MountPoints ?? []).Select(mount => mount.SourceVolume).ToHashSet();
        return rules.Volumes.Index().Where(entry => !mounted.Contains(entry.Item.Name)).Select(entry =>
            new DefinitionProblem(JsonPath.Volume(entry.Index, "name"), $"No container mounts the volume '{entry.Item.Name}'."));
    }

    private static IEnumerable<DefinitionProblem> Swap(ContainerDefinition container, int index)
    {
        if (container.LinuxParameters is { Swappiness: not null, MaxSwap: null })
        {
            yield return new DefinitionProblem(JsonPath.Container(index, "linuxParameters.swappiness"),
                "ECS ignores swappiness where maxSwap is not given.");
        }

        if (container is { LinuxParameters.MaxSwap: not null, Memory: null })
        {
            yield return new DefinitionProblem(JsonPath.Container(index, "linuxParameters.maxSwap"),
                $"Docker limits swap together with memory, and '{container.Name}' has no memory limit: its swap is not limited.");
        }
    }

    private static IEnumerable<DefinitionProblem> RepeatedVariables(ContainerDefinition container, int index)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        return (container.Environment ?? []).Index().Where(entry => !names.Add(entry.Item.Name ?? "")).Select(entry =>
            new DefinitionProblem(
                JsonPath.Member(JsonPath.Element(JsonPath.Container(index, "environment"), entry.Index), "name"),
                $"The variable '{entry.Item.Name}' is given twice: the later value counts."));
    }
}
