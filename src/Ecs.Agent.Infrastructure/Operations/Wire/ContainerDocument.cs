using System.Collections.Immutable;

namespace Ecs.Agent.Infrastructure.Operations.Wire;

/// <summary>One container of an explained task.</summary>
public sealed record ContainerDocument
{
    public required string Name { get; init; }

    public required string Image { get; init; }

    public required bool Essential { get; init; }

    public required string DockerName { get; init; }

    public string? RuntimeId { get; init; }

    public required string DesiredStatus { get; init; }

    public required string KnownStatus { get; init; }

    public required DateTimeOffset KnownSince { get; init; }

    /// <summary><c>HEALTHY</c>, <c>UNHEALTHY</c> or <c>UNKNOWN</c>; absent without a health check.</summary>
    public string? Health { get; init; }

    public int RestartCount { get; init; }

    /// <summary>Where it is, in words.</summary>
    public required string Text { get; init; }

    /// <summary>What went wrong without ending it: the reason that the control plane gets.</summary>
    public string? Trouble { get; init; }

    public ImmutableArray<WaitDocument> Waits { get; init; } = [];

    /// <summary>How it ended; absent while it has not.</summary>
    public EndDocument? End { get; init; }

    /// <summary>What it wrote last; absent when that was not asked for, or there can be nothing.</summary>
    public LogDocument? Log { get; init; }
}
