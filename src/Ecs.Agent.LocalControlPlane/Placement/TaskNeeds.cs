using System.Globalization;
using Ecs.Agent.LocalControlPlane.TaskDefinitions;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.Placement;

/// <summary>Works out what a task takes from its instance, with the overrides of the call.</summary>
internal static class TaskNeeds
{
    /// <summary>
    /// Task-level CPU and memory count when given; otherwise the sums over the containers, where the soft memory limit goes before the
    /// hard one.
    /// </summary>
    public static ResourceNeeds Of(TaskDefinition definition, TaskOverride? overrides)
    {
        var containers = definition.ContainerDefinitions ?? [];
        var cpu = Size(overrides?.Cpu ?? definition.Cpu, TaskSize.CpuUnits) ?? containers.Sum(container => CpuOf(container, overrides));
        var memory = Size(overrides?.Memory ?? definition.Memory, TaskSize.MemoryMiB)
            ?? containers.Sum(container => ReservedMemoryOf(container, overrides));
        var ports = HostPorts(definition).ToList();
        return new ResourceNeeds(
            cpu,
            memory,
            [.. ports.Where(port => port.Protocol != "udp").Select(port => port.Number)],
            [.. ports.Where(port => port.Protocol == "udp").Select(port => port.Number)],
            containers.Sum(container => GpusOf(container, overrides)));
    }

    public static int CpuOf(ContainerDefinition container, TaskOverride? overrides) =>
        Override(container, overrides)?.Cpu ?? container.Cpu ?? 0;

    public static int? MemoryOf(ContainerDefinition container, TaskOverride? overrides) =>
        Override(container, overrides)?.Memory ?? container.Memory;

    public static int? MemoryReservationOf(ContainerDefinition container, TaskOverride? overrides) =>
        Override(container, overrides)?.MemoryReservation ?? container.MemoryReservation;

    public static int GpusOf(ContainerDefinition container, TaskOverride? overrides)
    {
        var requirements = Override(container, overrides)?.ResourceRequirements ?? container.ResourceRequirements ?? [];
        return requirements.Where(requirement => requirement.Type == "GPU").Sum(requirement => Number(requirement.Value));
    }

    private static int ReservedMemoryOf(ContainerDefinition container, TaskOverride? overrides) =>
        MemoryReservationOf(container, overrides) ?? MemoryOf(container, overrides) ?? 0;

    private static int Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static int? Size(string? text, Func<string, int?> parse) => text is null ? null : parse(text);

    private static ContainerOverride? Override(ContainerDefinition container, TaskOverride? overrides) =>
        overrides?.ContainerOverrides?.FirstOrDefault(entry => entry.Name == container.Name);

    // On the host network a container's port is the host's port.
    private static IEnumerable<(int Number, string? Protocol)> HostPorts(TaskDefinition definition)
    {
        var hostNetwork = definition.NetworkMode == "host";
        return from container in definition.ContainerDefinitions ?? []
               from mapping in container.PortMappings ?? []
               let number = mapping.HostPort is > 0 ? mapping.HostPort : hostNetwork ? mapping.ContainerPort : null
               where number is > 0
               select (number.Value, mapping.Protocol);
    }
}
