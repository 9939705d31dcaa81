using System.Collections.Immutable;
using Ecs.Agent.Application.Tasks;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Testing;

/// <summary>Records every change of every task, and lets a test wait for one.</summary>
public sealed class RecordingTaskObserver : ITaskObserver
{
    private readonly ChangeSignal _changed = new();
    private ImmutableList<TaskChange> _changes = [];
    private ImmutableDictionary<string, EcsTask> _latest = ImmutableDictionary<string, EcsTask>.Empty;

    /// <summary>All changes, in the order in which they happened.</summary>
    public ImmutableList<TaskChange> Changes => Volatile.Read(ref _changes);

    /// <summary>Each task as of its last change.</summary>
    public ImmutableDictionary<string, EcsTask> Latest => Volatile.Read(ref _latest);

    public void OnChanged(EcsTask? before, EcsTask after)
    {
        ArgumentNullException.ThrowIfNull(after);
        ImmutableInterlocked.Update(ref _latest, latest => latest.SetItem(after.Arn, after));
        ImmutableInterlocked.Update(ref _changes, changes => changes.Add(new TaskChange(before, after)));
        _changed.Raise();
    }

    /// <summary>Waits until some task is as wanted; looked at after each change. Gives that task.</summary>
    public async Task<EcsTask> WaitForAsync(Predicate<EcsTask> predicate, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        EcsTask? found = null;
        await _changed.WaitForAsync(
            () => (found ??= Latest.Values.FirstOrDefault(task => predicate(task))) is not null, cancellationToken).ConfigureAwait(false);
        return found!;
    }
}
