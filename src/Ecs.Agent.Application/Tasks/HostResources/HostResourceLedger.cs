using System.Collections.Concurrent;
using Ecs.Agent.Application.Tasks.Owners;
using Ecs.Agent.Domain.HostResources;
using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Application.Tasks.HostResources;

/// <summary>
/// The machine's CPU, memory and ports, shared by all tasks. A thin lock around <see cref="HostResourceQueue"/>, which decides; whoever a
/// release lets in is told within the same call.
/// </summary>
internal sealed class HostResourceLedger(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<string?>> _waiting = new(StringComparer.Ordinal);
    private HostResourceQueue _queue = HostResourceQueue.Unopened;

    /// <summary>Who holds and who waits, for explaining.</summary>
    public HostResourceQueue Snapshot
    {
        get
        {
            lock (_lock)
            {
                return _queue;
            }
        }
    }

    /// <summary>Says what there is to share; until then every task waits. May be said anew: who holds goes on holding.</summary>
    public void Open(HostResourceNeed total) => Change(queue => queue.Open(total));

    /// <summary>
    /// Gets the task in line at its admission, so that the line is in the order of admission however its owner's first moves are scheduled.
    /// </summary>
    public void TakePlace(EcsTask task)
    {
        if (task is { HostResources: HostResourceClaim.Waiting, Desired: not EcsTaskStatus.Stopped })
        {
            Change(queue => queue.Claim(task.Arn, HostResourceNeed.Of(task.Definition)));
        }
    }

    /// <summary>What a task held before the agent was restarted it holds from the start, so that nobody else is let in on it.</summary>
    public void Keep(EcsTask task)
    {
        if (task.HostResources == HostResourceClaim.Held && EcsTask.CountsAgainstHost(task.Definition))
        {
            Seize(task);
        }
    }

    /// <summary>
    /// Containers of the task exist although it is known to wait: its saved state is older than the truth. It holds what it needs from now on,
    /// whoever is in line before it.
    /// </summary>
    public void Seize(EcsTask task) => Change(
        queue => new HostResourceDecision(queue.Seize(task.Arn, HostResourceNeed.Of(task.Definition)), [task.Arn], []));

    /// <summary>Waits in line until the task holds what it needs, or never will. When cancelled, the task leaves the line.</summary>
    public async Task<TaskEvent> ClaimAsync(StepRun run, CancellationToken cancellationToken)
    {
        var need = ((TaskStep.ClaimHostResources)run.Step).Need;
        var granted = _waiting.GetOrAdd(
            run.Task.Arn, _ => new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously));
        Change(queue => queue.Claim(run.Task.Arn, need));
        string? refusal;
        try
        {
            refusal = await granted.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Change(queue => queue.Release(run.Task.Arn));
            throw;
        }
        finally
        {
            _waiting.TryRemove(run.Task.Arn, out _);
        }

        return refusal is null
            ? new TaskEvent.HostResourcesGranted(time.GetUtcNow())
            : new TaskEvent.HostResourcesRefused(time.GetUtcNow(), refusal);
    }

    /// <summary>Gives back what the task holds and lets in whoever fits now.</summary>
    public Task<TaskEvent> ReleaseAsync(StepRun run)
    {
        Change(queue => queue.Release(run.Task.Arn));
        return Task.FromResult<TaskEvent>(new TaskEvent.HostResourcesReleased(time.GetUtcNow()));
    }

    private void Change(Func<HostResourceQueue, HostResourceDecision> change)
    {
        HostResourceDecision decision;
        lock (_lock)
        {
            decision = change(_queue);
            _queue = decision.Queue;
        }

        foreach (var taskArn in decision.Granted)
        {
            Answer(taskArn, refusal: null);
        }

        foreach (var (taskArn, reason) in decision.Refused)
        {
            Answer(taskArn, reason);
        }
    }

    private void Answer(string taskArn, string? refusal)
    {
        if (_waiting.TryGetValue(taskArn, out var waiter))
        {
            waiter.TrySetResult(refusal);
        }
    }
}
