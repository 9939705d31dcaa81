using System.Collections.Immutable;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Domain.Planning;

/// <summary>What the planner decided.</summary>
public sealed record TaskPlan
{
    /// <summary>
    /// Facts that follow without any effect, to be applied before anything is done; when there are any, apply them and plan again.
    /// </summary>
    public ImmutableArray<TaskEvent> Verdicts { get; init; } = [];

    /// <summary>What to begin now; none of them is in flight already.</summary>
    public ImmutableArray<TaskStep> Steps { get; init; } = [];

    /// <summary>Steps in flight that have lost their purpose.</summary>
    public ImmutableArray<StepSlot> Cancel { get; init; } = [];

    /// <summary>For each container that should move and cannot: what is in the way.</summary>
    public ImmutableSortedDictionary<string, BlockedOn> Blocked { get; init; } = ImmutableSortedDictionary<string, BlockedOn>.Empty;

    /// <summary>When to plan again although nothing happened; null means never.</summary>
    public DateTimeOffset? WakeAt { get; init; }
}
