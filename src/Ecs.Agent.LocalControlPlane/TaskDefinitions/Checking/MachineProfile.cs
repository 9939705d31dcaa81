using System.Collections.Immutable;
using Ecs.Agent.LocalControlPlane.ContainerInstances;
using Ecs.Agent.LocalControlPlane.Placement;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Checking;

/// <summary>What an agent on this machine would register.</summary>
public sealed record MachineProfile
{
    public required ImmutableArray<EcsAttribute> Attributes { get; init; }

    /// <summary>CPU units, 1024 per vCPU.</summary>
    public required int Cpu { get; init; }

    public required int MemoryMiB { get; init; }

    public ImmutableArray<string> GpuIds { get; init; } = [];

    /// <summary>Host ports that no task may have, TCP and UDP.</summary>
    public ImmutableArray<int> ReservedPorts { get; init; } = [];

    /// <summary>The machine as the placement of tasks sees it, with nothing on it yet.</summary>
    internal Candidate ToCandidate()
    {
        var resources = new HostResources(Cpu, MemoryMiB, [.. ReservedPorts], [.. ReservedPorts], [.. GpuIds]);
        return new Candidate(
            new ContainerInstance
            {
                Arn = "",
                ClusterArn = "",
                Ordinal = 0,
                RegisteredAt = DateTimeOffset.UnixEpoch,
                Attributes = Attributes,
                Registered = resources,
                Remaining = resources,
                ConnectionId = Guid.Empty,
                Sequence = 0,
            },
            []);
    }
}
