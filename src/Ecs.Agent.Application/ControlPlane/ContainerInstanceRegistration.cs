using System.Collections.Immutable;

namespace Ecs.Agent.Application.ControlPlane;

/// <summary>What this machine offers.</summary>
public sealed record ContainerInstanceRegistration
{
    /// <summary>Cluster name or ARN; empty means the default cluster, which is created where it is missing.</summary>
    public required string Cluster { get; init; }

    /// <summary>Constant over all repeats of one registration, also by a next life, so that none of them makes a second instance.</summary>
    public required string ClientToken { get; init; }

    /// <summary>The ARN from an earlier life, to register as the same instance again; else null.</summary>
    public string? ContainerInstanceArn { get; init; }

    /// <summary>1024 to a vCPU.</summary>
    public required int Cpu { get; init; }

    public required int MemoryMiB { get; init; }

    public ImmutableArray<int> ReservedTcpPorts { get; init; } = [];

    public ImmutableArray<int> ReservedUdpPorts { get; init; } = [];

    /// <summary>Whether the control plane hears of GPUs at all.</summary>
    public bool GpuSupport { get; init; }

    /// <summary>Ids of the GPUs that tasks may be given.</summary>
    public ImmutableArray<string> GpuIds { get; init; } = [];

    /// <summary>In the order in which they are sent; a null value makes a name-only attribute.</summary>
    public ImmutableArray<KeyValuePair<string, string?>> Attributes { get; init; } = [];

    public ImmutableSortedDictionary<string, string> Tags { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}
