using System.Collections.Immutable;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.Tasks;

/// <summary>One container of a placed task: what was asked for and what the agent last said about it.</summary>
internal sealed record PlacedContainer
{
    public const string Healthy = "HEALTHY";
    public const string Unhealthy = "UNHEALTHY";
    public const string HealthUnknown = "UNKNOWN";

    public required string Arn { get; init; }

    public required string Name { get; init; }

    public string? Image { get; init; }

    public bool Essential { get; init; } = true;

    public bool HasHealthCheck { get; init; }

    /// <summary>CPU units, after overrides.</summary>
    public int Cpu { get; init; }

    /// <summary>The hard limit in MiB, after overrides; null when there is none.</summary>
    public int? Memory { get; init; }

    /// <summary>The soft limit in MiB, after overrides; null when there is none.</summary>
    public int? MemoryReservation { get; init; }

    /// <summary>The ids of the GPUs that are its own.</summary>
    public ImmutableArray<string> GpuIds { get; init; } = [];

    public ContainerLifecycle Status { get; init; }

    /// <summary>Docker's container id.</summary>
    public string? RuntimeId { get; init; }

    public string? ImageDigest { get; init; }

    public int? ExitCode { get; init; }

    public string? Reason { get; init; }

    public ImmutableArray<NetworkBinding> NetworkBindings { get; init; } = [];

    public ImmutableArray<ManagedAgent> ManagedAgents { get; init; } = [];

    public string HealthStatus { get; init; } = HealthUnknown;

    /// <summary>Whether it ended without ever having run: the agent gives a reason, but no exit code of a created container.</summary>
    public bool FailedToStart =>
        Status == ContainerLifecycle.Stopped && !string.IsNullOrEmpty(Reason) && (RuntimeId is null || ExitCode is null);
}
