using System.Collections.Immutable;
using System.Threading.Channels;
using Ecs.Agent.Application.Checkpoints;
using Ecs.Agent.Application.Credentials;
using Ecs.Agent.Domain.Explaining;
using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Reporting;
using Ecs.Agent.Domain.Tasks;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Application.Tasks.Owners;

/// <summary>
/// The one owner of one task: drains what happened, applies it, checkpoints, plans, acts; again. Nobody else touches the task, everybody
/// else posts to its mailbox and reads immutable snapshots.
/// </summary>
/// <remarks>
/// Invariants: a state is durable before it is acted on or reported; at most one step is in flight per slot; a stop, once applied, is part
/// of the state and cannot be overwritten. While the state cannot be saved, the owner only looks and stops (<see cref="TaskStep.IsSafeUnsaved"/>):
/// neither could be told from what would happen anyway if the agent were killed now.
/// </remarks>
internal sealed partial class TaskOwner : IAsyncDisposable
{
    private readonly Channel<OwnerMessage> _mailbox = Channel.CreateUnbounded<OwnerMessage>(new() { SingleReader = true });
    private readonly Dictionary<StepSlot, TaskStep> _inFlight = [];
    private readonly Dictionary<StepSlot, StepInFlight> _running = [];
    private readonly List<TaskCompletionSource> _undurable = [];
    private static readonly TimeSpan SaveAgainAfter = TimeSpan.FromSeconds(2);

    private readonly PlanningPolicy _policy;
    private readonly StepExecutor _executor;
    private readonly TaskCredentials _credentials;
    private readonly ICheckpointStore _checkpoints;
    private readonly IReadOnlyList<ITaskObserver> _observers;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ITimer _alarm;
    private EcsTask? _saved;
    private volatile EcsTask _task;
    private ImmutableArray<StepInProgress> _steps = [];
    private volatile TaskSituation _situation;

    /// <param name="task">The task as it is now.</param>
    /// <param name="isSaved">Whether that is durable. When it is not, saving it is the owner's first act.</param>
    /// <param name="order">Its place in the order of admission.</param>
    /// <param name="policy">The knobs of planning.</param>
    /// <param name="executor">Carries out steps.</param>
    /// <param name="credentials">Tells whether those of the task's roles are here.</param>
    /// <param name="checkpoints">Makes states durable.</param>
    /// <param name="observers">Hear of each new state.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Tells what happens.</param>
    public TaskOwner(
        EcsTask task,
        bool isSaved,
        long order,
        PlanningPolicy policy,
        StepExecutor executor,
        TaskCredentials credentials,
        ICheckpointStore checkpoints,
        IReadOnlyList<ITaskObserver> observers,
        TimeProvider time,
        ILogger logger)
    {
        _task = task;
        _saved = isSaved ? task : null;
        _situation = new TaskSituation(task, new TaskPlan(), []);
        Order = order;
        _policy = policy;
        _executor = executor;
        _credentials = credentials;
        _checkpoints = checkpoints;
        _observers = observers;
        _time = time;
        _logger = logger;
        _alarm = time.CreateTimer(
            _ => Post(new TaskEvent.Woken(_time.GetUtcNow())), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The task as of its last change.</summary>
    public EcsTask Snapshot => _task;

    /// <summary>The task, the last plan and what is in flight, as of the same moment: for explaining what the task waits for.</summary>
    public TaskSituation Situation => _situation;

    /// <summary>The place in the order of admission; earlier tasks are launched first.</summary>
    public long Order { get; }

    /// <summary>Tells the task that something happened. Never blocks; after the owner's end it is ignored.</summary>
    public void Post(TaskEvent taskEvent) => _mailbox.Writer.TryWrite(new OwnerMessage(taskEvent));

    /// <summary>
    /// Tells the task that something happened and returns when that is durable, so that it may be acknowledged; throws
    /// <see cref="CheckpointException"/> when it cannot be made durable now, but it has happened all the same.
    /// After the owner's end there is nothing left to tell.
    /// </summary>
    public Task PostDurablyAsync(TaskEvent taskEvent, CancellationToken cancellationToken)
    {
        var durable = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _mailbox.Writer.TryWrite(new OwnerMessage(taskEvent, Durable: durable))
            ? durable.Task.WaitAsync(cancellationToken)
            : Task.CompletedTask;
    }

    /// <summary>Tells the observers that the task is there.</summary>
    public void Announce()
    {
        foreach (var observer in _observers)
        {
            observer.OnChanged(null, _task);
        }
    }

    /// <summary>
    /// Runs until the task is forgotten (true) or the agent stops (false). When the agent stops, steps in flight are cancelled and awaited,
    /// what came of them is saved, and what the control plane does not know yet is told; the task's containers run on.
    /// </summary>
    /// <param name="stopping">The agent stops: nothing new is begun.</param>
    /// <param name="deadline">The agent must have stopped: nothing is waited for any longer.</param>
    public async Task<bool> RunAsync(CancellationToken stopping, CancellationToken deadline)
    {
        try
        {
            if (await LiveAsync(stopping, deadline).ConfigureAwait(false))
            {
                return true;
            }

            await LetGoAsync(deadline).ConfigureAwait(false);
            LogLetGo(_task.Arn);
            return false;
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            if (UnsentReport() is { } unsent)
            {
                LogUnsent(_task.Arn, unsent.Status);
            }

            return false;
        }
        finally
        {
            _mailbox.Writer.TryComplete();
            GiveUpUndurable();
            await EndStepsAsync().ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync() => _alarm.DisposeAsync();

    /// <summary>True when the task is forgotten, false when the agent stops.</summary>
    private async Task<bool> LiveAsync(CancellationToken stopping, CancellationToken deadline)
    {
        try
        {
            await PlanAndActAsync(Drain(_task), stopping, deadline).ConfigureAwait(false);
            while (await _mailbox.Reader.WaitToReadAsync(stopping).ConfigureAwait(false))
            {
                await PlanAndActAsync(Drain(_task), stopping, deadline).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested && !deadline.IsCancellationRequested)
        {
            return false;
        }

        await ForgetAsync(deadline).ConfigureAwait(false);
        return true;
    }

    /// <summary>
    /// The agent stops: all steps but a report are cut short and awaited, so that nothing more is learned; what is known then is saved and
    /// reported, news that would have waited for the task's next step included. Nothing is concluded from a step that was cut short: whether
    /// it happened is found out by a look in the agent's next life.
    /// </summary>
    private async Task LetGoAsync(CancellationToken deadline)
    {
        await Task.WhenAll(_running.Where(r => r.Key.Lane != StepLane.Report).Select(r => r.Value.Completion)).ConfigureAwait(false);
        while (true)
        {
            if (await MakeDurableAsync(Drain(_task), deadline).ConfigureAwait(false) is not null)
            {
                await Task.Delay(SaveAgainAfter, _time, deadline).ConfigureAwait(false);
                continue;
            }

            if (!_inFlight.ContainsKey(StepSlot.OfReport))
            {
                if (UnsentReport() is not { } report)
                {
                    return;
                }

                Begin(new TaskStep.SubmitReport(report), stopping: deadline, deadline);
            }

            await _mailbox.Reader.WaitToReadAsync(deadline).ConfigureAwait(false);
        }
    }

    /// <summary>What the control plane does not know of the task's durable state.</summary>
    private TaskStateReport? UnsentReport() => _saved is null
        ? null
        : StateReports.Next(_saved, _policy with { ReportHoldBack = TimeSpan.Zero }, _time.GetUtcNow()).Report;

    private EcsTask Drain(EcsTask task)
    {
        while (_mailbox.Reader.TryRead(out var message))
        {
            if (message.Ended is { } ended && _running.Remove(ended.Slot, out var step))
            {
                _inFlight.Remove(ended.Slot);
                _steps = _steps.RemoveAll(s => s.Step.Slot == ended.Slot);
                step.Cancellation.Dispose();
            }

            if (message.Durable is { } durable)
            {
                _undurable.Add(durable);
            }

            task = task.Apply(message.Event);
        }

        return task;
    }

    private PlanningContext Context() => new()
    {
        Now = _time.GetUtcNow(),
        Policy = _policy,
        InFlight = _inFlight,
        HasExecutionCredentials = _credentials.Has(_task.Arn, TaskRole.Execution),
    };

    private void GiveUpUndurable()
    {
        while (_mailbox.Reader.TryRead(out var message))
        {
            message.Durable?.TrySetCanceled();
        }

        _undurable.ForEach(durable => durable.TrySetCanceled());
    }

    /// <summary>Takes in verdicts until there are none, makes the result durable and visible, then acts on it.</summary>
    /// <remarks>What was drained is saved even when the agent begins to stop meanwhile: it is in no mailbox any more.</remarks>
    private async Task PlanAndActAsync(EcsTask task, CancellationToken stopping, CancellationToken deadline)
    {
        var (settled, plan) = Settle(task);
        var unsaved = await MakeDurableAsync(settled, deadline).ConfigureAwait(false);
        foreach (var slot in plan.Cancel)
        {
            await CancelAsync(slot).ConfigureAwait(false);
        }

        foreach (var step in plan.Steps.Where(step => unsaved is null || step.IsSafeUnsaved))
        {
            Begin(step, stopping, deadline);
        }

        _situation = new TaskSituation(settled, plan, _steps);
        SetAlarm(unsaved is null ? plan.WakeAt : _time.GetUtcNow() + SaveAgainAfter);
    }

    /// <summary>Saves the state, shows it and answers who waits for it. Null when it is durable, otherwise why not.</summary>
    private async ValueTask<CheckpointException?> MakeDurableAsync(EcsTask next, CancellationToken cancellationToken)
    {
        var unsaved = await TrySaveAsync(next, cancellationToken).ConfigureAwait(false);
        Publish(next);
        AnswerUndurable(unsaved);
        return unsaved;
    }

    /// <summary>Null when the state is durable. Otherwise why not; it will be tried again.</summary>
    private async ValueTask<CheckpointException?> TrySaveAsync(EcsTask next, CancellationToken stopping)
    {
        if (ReferenceEquals(_saved, next))
        {
            return null;
        }

        try
        {
            await _checkpoints.SaveAsync(next, stopping).ConfigureAwait(false);
            _saved = next;
            return null;
        }
        catch (CheckpointException e)
        {
            LogNotSaved(next.Arn, e.Message);
            return e;
        }
    }

    private void AnswerUndurable(CheckpointException? unsaved)
    {
        foreach (var waiter in _undurable)
        {
            if (unsaved is null)
            {
                waiter.TrySetResult();
            }
            else
            {
                waiter.TrySetException(unsaved);
            }
        }

        _undurable.Clear();
    }

    private async Task ForgetAsync(CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                await _checkpoints.ForgetAsync(_task.Arn, stopping).ConfigureAwait(false);
                return;
            }
            catch (CheckpointException e)
            {
                LogNotSaved(_task.Arn, e.Message);
            }

            await Task.Delay(SaveAgainAfter, _time, stopping).ConfigureAwait(false);
        }
    }

    private (EcsTask Task, TaskPlan Plan) Settle(EcsTask task)
    {
        var cancel = ImmutableArray<StepSlot>.Empty;
        while (true)
        {
            var plan = TaskPlanner.Plan(task, Context());
            cancel = cancel.AddRange(plan.Cancel);
            if (plan.Verdicts.IsEmpty)
            {
                return (task, plan with { Cancel = cancel });
            }

            var next = plan.Verdicts.Aggregate(task, (t, verdict) => t.Apply(verdict));
            task = ReferenceEquals(next, task)
                ? throw new InvalidOperationException($"Task {task.Arn}: the planner concludes for ever what changes nothing.")
                : next;
        }
    }

    private void Publish(EcsTask next)
    {
        var before = _task;
        if (ReferenceEquals(before, next))
        {
            return;
        }

        _task = next;
        if (before.Known != next.Known)
        {
            LogKnown(next.Arn, before.Known, next.Known);
        }

        foreach (var observer in _observers)
        {
            observer.OnChanged(before, next);
        }
    }

    private async Task CancelAsync(StepSlot slot)
    {
        if (_running.TryGetValue(slot, out var step))
        {
            await step.Cancellation.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <summary>A report outlives the beginning of the agent's end: whether it was taken must not stay unknown.</summary>
    private void Begin(TaskStep step, CancellationToken stopping, CancellationToken deadline)
    {
        if (step is TaskStep.ForgetTask)
        {
            // The end of the mailbox ends the loop.
            _mailbox.Writer.TryComplete();
            return;
        }

        var cancellation = CancellationTokenSource.CreateLinkedTokenSource(step.Lane == StepLane.Report ? deadline : stopping);
        _inFlight.Add(step.Slot, step);
        _steps = _steps.Add(new StepInProgress(step, _time.GetUtcNow()));
        _running.Add(step.Slot, new StepInFlight(cancellation, CarryOutAsync(_task, step, cancellation.Token, stopping)));
    }

    /// <summary>Always ends with exactly one message, so that the slot becomes free again.</summary>
    private async Task CarryOutAsync(EcsTask task, TaskStep step, CancellationToken cancellation, CancellationToken stopping)
    {
        await Task.Yield();
        TaskEvent end;
        try
        {
            end = await _executor.ExecuteAsync(new StepRun(task, step, Order, Post, stopping), cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested || stopping.IsCancellationRequested)
        {
            // Both are asked: what was waiting for the agent's own end hears of it before the step's token, which is linked to that, does.
            end = new TaskEvent.Woken(_time.GetUtcNow());
        }
        catch (Exception e)
        {
            // A defect of ours. It must not pass as an outcome of the task: the owner dies of it, and the process with the owner.
            _mailbox.Writer.TryComplete(e);
            return;
        }

        _mailbox.Writer.TryWrite(new OwnerMessage(end, step));
    }

    private void SetAlarm(DateTimeOffset? wakeAt)
    {
        // A timer takes at most some 49 days; waking early only means planning once more.
        var delay = wakeAt is { } time
            ? TimeSpan.FromTicks(Math.Clamp((time - _time.GetUtcNow()).Ticks, 0, TimeSpan.FromDays(1).Ticks))
            : Timeout.InfiniteTimeSpan;
        _alarm.Change(delay, Timeout.InfiniteTimeSpan);
    }

    private async Task EndStepsAsync()
    {
        foreach (var step in _running.Values)
        {
            await step.Cancellation.CancelAsync().ConfigureAwait(false);
        }

        await Task.WhenAll(_running.Values.Select(step => step.Completion)).ConfigureAwait(false);
        foreach (var step in _running.Values)
        {
            step.Cancellation.Dispose();
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Task {TaskArn}: {Before} -> {After}")]
    private partial void LogKnown(string taskArn, EcsTaskStatus before, EcsTaskStatus after);

    [LoggerMessage(
        Level = LogLevel.Debug,
        Message = "Task {TaskArn}: cannot be saved, so nothing of it is begun or reported until it can: {Problem}")]
    private partial void LogNotSaved(string taskArn, string problem);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Task {TaskArn}: the agent stops before the control plane could be told {Status}; it will be told after the next start")]
    private partial void LogUnsent(string taskArn, ReportedStatus status);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Task {TaskArn}: let go because the agent stops; its containers keep running")]
    private partial void LogLetGo(string taskArn);
}
