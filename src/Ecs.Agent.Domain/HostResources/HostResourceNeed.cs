using System.Collections.Immutable;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Domain.HostResources;

/// <summary>What a task needs of the machine for itself.</summary>
public sealed record HostResourceNeed
{
    private static readonly ImmutableSortedSet<string> NoGpus = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>1024 to a vCPU.</summary>
    public int Cpu { get; init; }

    public int MemoryMiB { get; init; }

    /// <summary>Static host ports; dynamic ones and ranges are not counted.</summary>
    public ImmutableSortedSet<int> TcpPorts { get; init; } = [];

    /// <inheritdoc cref="TcpPorts"/>
    public ImmutableSortedSet<int> UdpPorts { get; init; } = [];

    /// <summary>Ids of whole GPUs; of a machine, those that it has.</summary>
    public ImmutableSortedSet<string> Gpus { get; init; } = NoGpus;

    /// <summary>
    /// The need of a task: its own CPU and memory limits where it has them, else the sum over its containers (soft limit before hard
    /// limit); static host ports unless the task has a network of its own; the GPUs that its containers were given.
    /// </summary>
    public static HostResourceNeed Of(TaskDefinition task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return new HostResourceNeed
        {
            Cpu = task.VCpu > 0 ? Bounded((long)Math.Round(task.VCpu * 1024)) : Bounded(task.Containers.Sum(c => (long)c.Cpu)),
            MemoryMiB = task.MemoryMiB > 0
                ? task.MemoryMiB
                : Bounded(task.Containers.Sum(c => (long)(c.MemoryReservationMiB > 0 ? c.MemoryReservationMiB : c.MemoryMiB))),
            TcpPorts = StaticPorts(task, TransportProtocol.Tcp),
            UdpPorts = StaticPorts(task, TransportProtocol.Udp),
            Gpus = GpuSet(task.Containers.SelectMany(c => c.GpuIds)),
        };
    }

    /// <summary>A set of GPU ids.</summary>
    public static ImmutableSortedSet<string> GpuSet(IEnumerable<string> ids) => NoGpus.Union(ids);

    /// <summary>Whatever numbers a definition holds: a need is not negative, and one beyond all measure is merely not to be had.</summary>
    private static int Bounded(long need) => (int)Math.Clamp(need, 0, int.MaxValue);

    private static ImmutableSortedSet<int> StaticPorts(TaskDefinition task, TransportProtocol protocol) =>
        task.NetworkMode == NetworkMode.AwsVpc
            ? []
            :
            [
                .. task.Containers
                    .SelectMany(c => c.PortMappings)
                    .Where(p => p.HostPort > 0 && p.Protocol == protocol)
                    .Select(p => p.HostPort),
            ];
}
