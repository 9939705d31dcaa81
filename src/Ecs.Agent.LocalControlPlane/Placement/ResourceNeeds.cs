using System.Collections.Immutable;

namespace Ecs.Agent.LocalControlPlane.Placement;

/// <summary>What a task takes from its instance.</summary>
/// <param name="Cpu">CPU units, 1024 per vCPU.</param>
/// <param name="Memory">MiB.</param>
/// <param name="TcpPorts">Host ports named in the definition; ports chosen at run time are not counted.</param>
/// <param name="UdpPorts">As <paramref name="TcpPorts"/>.</param>
/// <param name="Gpus">How many whole GPUs.</param>
internal sealed record ResourceNeeds(int Cpu, int Memory, ImmutableArray<int> TcpPorts, ImmutableArray<int> UdpPorts, int Gpus = 0)
{
    /// <summary>Which GPUs, once the task has its instance; as many as <see cref="Gpus"/>, or none while it is being placed.</summary>
    public ImmutableSortedSet<string> GpuIds { get; init; } = [];

    public static ResourceNeeds None { get; } = new(0, 0, [], []);
}
