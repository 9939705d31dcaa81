using System.Collections.Immutable;

namespace Ecs.Agent.Infrastructure.Operations.Wire;

/// <summary>
/// The answer to <c>GET /v1/explain</c>. Times are UTC; <c>text</c> is for people and may be reworded, all else is stable.
/// </summary>
public sealed record TaskDocument
{
    public required AgentDocument Agent { get; init; }

    public required string TaskArn { get; init; }

    public required string Family { get; init; }

    public required string Revision { get; init; }

    public required string DesiredStatus { get; init; }

    public required string KnownStatus { get; init; }

    public required DateTimeOffset KnownSince { get; init; }

    /// <summary>What the control plane has accepted.</summary>
    public required string SentStatus { get; init; }

    /// <summary>The moment that all of this is true of.</summary>
    public required DateTimeOffset ExplainedAt { get; init; }

    /// <summary>Where the task is and where it should be, in words.</summary>
    public required string Text { get; init; }

    /// <summary>Why it is as it is, in one line.</summary>
    public required string Why { get; init; }

    /// <summary>What the task as a whole waits for.</summary>
    public ImmutableArray<WaitDocument> Waits { get; init; } = [];

    /// <summary>What made it stop; absent while it should run.</summary>
    public StopDocument? Stop { get; init; }

    /// <summary>In the order of the definition.</summary>
    public ImmutableArray<ContainerDocument> Containers { get; init; } = [];
}
