using System.Collections.Immutable;

namespace Ecs.Agent.Domain.Planning;

/// <summary>What the planner must know besides the task.</summary>
public sealed record PlanningContext
{
    public required DateTimeOffset Now { get; init; }

    public required PlanningPolicy Policy { get; init; }

    /// <summary>The step that each slot is taken by.</summary>
    public IReadOnlyDictionary<StepSlot, TaskStep> InFlight { get; init; } = ImmutableDictionary<StepSlot, TaskStep>.Empty;

    /// <summary>Whether the credentials of the task's execution role are here.</summary>
    public bool HasExecutionCredentials { get; init; } = true;

    public bool IsFree(StepSlot slot) => !InFlight.ContainsKey(slot);
}
