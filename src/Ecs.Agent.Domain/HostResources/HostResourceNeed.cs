using System.Collections.Immutable;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Domain.HostResources;

/// <summary>What a task needs of the machine for itself.</summary>
public sealed record HostResourceNeed
{
    /// <summary>1024 to a vCPU.</summary>
    public int Cpu { get; init; }

    public int MemoryMiB { get; init; }

    /// <summary>Static host ports; dynamic ones and ranges are not counted.</summary>
    public ImmutableSortedSet<int> TcpPorts { get; init; } = [];

    /// <inheritdoc cref="TcpPorts"/>
    public ImmutableSortedSet<int> UdpPorts { get; init; } = [];

    /// <summary>
    /// The need of a task: its own CPU and memory limits where it has them, else the sum over its containers (soft limit before hard
    /// limit); static host ports unless the task has a network of its own.
    /// </summary>
    public static HostResourceNeed Of(TaskDefinition task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return new HostResourceNeed
        {
            Cpu = task.VCpu > 0 ? (int)Math.Round(task.VCpu * 1024) : task.Containers.Sum(c => c.Cpu),
            MemoryMiB = task.MemoryMiB > 0
                ? task.MemoryMiB
                : task.Containers.Sum(c => c.MemoryReservationMiB > 0 ? c.MemoryReservationMiB : c.MemoryMiB),
            TcpPorts = StaticPorts(task, TransportProtocol.Tcp),
            UdpPorts = StaticPorts(task, TransportProtocol.Udp),
        };
    }

    private static ImmutableSortedSet<int> StaticPorts(TaskDefinition task, TransportProtocol protocol) =>
        task.NetworkMode == NetworkMode.AwsVpc
            ? []
            : [.. task.Containers.SelectMany(c => c.PortMappings).Where(p => p.HostPort > 0 && p.Protocol == protocol).Select(p => p.HostPort)];
}
