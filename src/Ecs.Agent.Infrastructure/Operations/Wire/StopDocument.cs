using System.Collections.Immutable;

namespace Ecs.Agent.Infrastructure.Operations.Wire;

/// <summary>Why a task stops or has stopped.</summary>
public sealed record StopDocument
{
    /// <summary>
    /// <c>requested</c>, <c>essentialContainer</c>, <c>image</c>, <c>volume</c>, <c>hostResources</c>, <c>refused</c> or <c>allEnded</c>.
    /// </summary>
    public required string Cause { get; init; }

    /// <summary>When the task was to stop; absent when nothing made it.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The task's reason as the control plane gets it; may be empty.</summary>
    public required string Reason { get; init; }

    /// <summary>From the container that made it stop back to the one at the root of it.</summary>
    public required ImmutableArray<string> Culprits { get; init; }

    /// <summary>The containers that have ended, in the order in which they did.</summary>
    public required ImmutableArray<string> EndOrder { get; init; }

    /// <summary>The causes as sentences, each the reason for the one before.</summary>
    public required ImmutableArray<string> Text { get; init; }
}
