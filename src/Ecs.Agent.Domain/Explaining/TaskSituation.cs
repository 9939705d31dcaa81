using System.Collections.Immutable;
using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Domain.Explaining;

/// <summary>All that its owner knows of a task at one moment; the three belong together.</summary>
/// <param name="Task">The task.</param>
/// <param name="Plan">What was decided for it.</param>
/// <param name="InFlight">The steps that have been begun and have not ended, those of the plan included.</param>
public sealed record TaskSituation(EcsTask Task, TaskPlan Plan, ImmutableArray<StepInProgress> InFlight)
{
    /// <summary>The step that the slot is taken by, or null.</summary>
    public StepInProgress? InFlightOf(StepSlot slot) => InFlight.FirstOrDefault(step => step.Step.Slot == slot);
}
