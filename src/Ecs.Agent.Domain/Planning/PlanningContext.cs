using System.Collections.Immutable;

namespace Ecs.Agent.Domain.Planning;

/// <summary>What the planner must know besides the task.</summary>
public sealed record PlanningContext
{
    public required DateTimeOffset Now { get; init; }

    public required PlanningPolicy Policy { get; init; }

    /// <summary>The step that each slot is taken by.</summary>
    public IReadOnlyDictionary<StepSlot, TaskStep> InFlight { get; init; } = ImmutableDictionary<StepSlot, TaskStep>.Empty;

    public bool IsFree(StepSlot slot) => !InFlight.ContainsKey(slot);
}
