using System.Collections.Concurrent;
using System.Collections.Immutable;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Application.Checkpoints;

/// <summary>
/// Keeps the state for as long as the process lives: what an agent without checkpointing (<c>ECS_CHECKPOINT=false</c>) uses.
/// </summary>
public sealed class InMemoryCheckpointStore : ICheckpointStore
{
    private readonly ConcurrentDictionary<string, (long Order, EcsTask Task)> _tasks = new(StringComparer.Ordinal);
    private long _order;

    public ValueTask SaveAsync(EcsTask task, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(task);
        cancellationToken.ThrowIfCancellationRequested();
        _tasks.AddOrUpdate(task.Arn, _ => (Interlocked.Increment(ref _order), task), (_, saved) => (saved.Order, task));
        return ValueTask.CompletedTask;
    }

    public ValueTask ForgetAsync(string taskArn, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _tasks.TryRemove(taskArn, out _);
        return ValueTask.CompletedTask;
    }

    public ValueTask<ImmutableArray<EcsTask>> LoadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<ImmutableArray<EcsTask>>([.. _tasks.Values.OrderBy(x => x.Order).Select(x => x.Task)]);
    }
}
