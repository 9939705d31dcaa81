using System.Collections.Immutable;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Domain.Planning;

/// <summary>A plan in the making. Refuses to begin what is in flight already, whoever asks.</summary>
internal sealed class PlanDraft(PlanningContext context)
{
    private static readonly ImmutableSortedDictionary<string, BlockedOn> Unblocked =
        ImmutableSortedDictionary.Create<string, BlockedOn>(StringComparer.Ordinal);

    private readonly ImmutableArray<TaskEvent>.Builder _verdicts = ImmutableArray.CreateBuilder<TaskEvent>();
    private readonly ImmutableArray<TaskStep>.Builder _steps = ImmutableArray.CreateBuilder<TaskStep>();
    private readonly ImmutableArray<StepSlot>.Builder _cancel = ImmutableArray.CreateBuilder<StepSlot>();
    private List<KeyValuePair<string, BlockedOn>>? _blocked;
    private DateTimeOffset? _wakeAt;

    public DateTimeOffset Now => context.Now;

    public PlanningPolicy Policy => context.Policy;

    /// <summary>Whether the task has an execution role whose credentials the control plane has not sent, or not again since a restart.</summary>
    public bool AwaitsExecutionRole(EcsTask task) => task.Definition.ExecutionCredentialsId is not null && !context.HasExecutionCredentials;

    public TaskStep? InFlight(StepSlot slot) => context.InFlight.GetValueOrDefault(slot);

    public bool IsFree(StepSlot slot) => context.IsFree(slot);

    public void Begin(TaskStep step)
    {
        if (context.IsFree(step.Slot))
        {
            _steps.Add(step);
        }
    }

    public void Conclude(TaskEvent verdict) => _verdicts.Add(verdict);

    public void Cancel(StepSlot slot) => _cancel.Add(slot);

    public void CancelIfInFlight(StepSlot slot, TaskStepKind kind)
    {
        if (InFlight(slot)?.Kind == kind)
        {
            Cancel(slot);
        }
    }

    public void Block(EcsContainer container, BlockedOn blockedOn) => (_blocked ??= []).Add(new(container.Name, blockedOn));

    /// <summary>A time that has come already is no reason to plan again: the plan would be the same, at once and for ever.</summary>
    public void WakeAt(DateTimeOffset? time) => _wakeAt = time is null || time <= Now || _wakeAt < time ? _wakeAt : time;

    public TaskPlan ToPlan() => new()
    {
        Verdicts = _verdicts.ToImmutable(),
        Steps = _verdicts.Count > 0 ? [] : _steps.ToImmutable(),
        Cancel = _cancel.ToImmutable(),
        Blocked = _blocked?.ToImmutableSortedDictionary(StringComparer.Ordinal) ?? Unblocked,
        WakeAt = _wakeAt,
    };
}
