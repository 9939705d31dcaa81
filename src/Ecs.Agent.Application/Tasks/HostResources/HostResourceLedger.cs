using System.Collections.Concurrent;
using System.Collections.Immutable;
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
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiting = new(StringComparer.Ordinal);
    private HostResourceQueue _queue = HostResourceQueue.Of(new HostResourceNeed());

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

    /// <summary>Says what there is to share. Once, before the first task.</summary>
    public void Open(HostResourceNeed total)
    {
        lock (_lock)
        {
            _queue = HostResourceQueue.Of(total);
        }
    }

    /// <summary>Waits in line until the task holds what it needs. When cancelled, the task leaves the line.</summary>
    public async Task<TaskEvent> ClaimAsync(StepRun run, CancellationToken cancellationToken)
    {
        var need = ((TaskStep.ClaimHostResources)run.Step).Need;
        var granted = _waiting.GetOrAdd(run.Task.Arn, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        Change(queue => queue.Claim(run.Task.Arn, need));
        try
        {
            await granted.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
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

        return new TaskEvent.HostResourcesGranted(time.GetUtcNow());
    }

    /// <summary>Gives back what the task holds and lets in whoever fits now.</summary>
    public Task<TaskEvent> ReleaseAsync(StepRun run)
    {
        Change(queue => queue.Release(run.Task.Arn));
        return Task.FromResult<TaskEvent>(new TaskEvent.HostResourcesReleased(time.GetUtcNow()));
    }

    private void Change(Func<HostResourceQueue, (HostResourceQueue Queue, ImmutableArray<string> Granted)> change)
    {
        ImmutableArray<string> granted;
        lock (_lock)
        {
            (_queue, granted) = change(_queue);
        }

        foreach (var taskArn in granted)
        {
            if (_waiting.TryGetValue(taskArn, out var waiter))
            {
                waiter.TrySetResult();
            }
        }
    }
}
