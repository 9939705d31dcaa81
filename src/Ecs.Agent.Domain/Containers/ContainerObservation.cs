using System.Collections.Immutable;

namespace Ecs.Agent.Domain.Containers;

/// <summary>What one inspection of a container found. Docker's word, before any decision is made from it.</summary>
public sealed record ContainerObservation
{
    public required ObservedState State { get; init; }

    /// <summary>Docker's id of the container, 64 hexadecimal digits; null when it is missing.</summary>
    public string? RuntimeId { get; init; }

    /// <summary>Set only when the container does not run and has run.</summary>
    public int? ExitCode { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public HealthStatus Health { get; init; }

    /// <summary>The published ports, filtered and merged as the control plane wants them.</summary>
    public ImmutableArray<NetworkBinding> NetworkBindings { get; init; } = [];

    /// <summary>An out-of-memory kill or an error of the runtime. A reason, never by itself a change of state.</summary>
    public ContainerError? Error { get; init; }
}
