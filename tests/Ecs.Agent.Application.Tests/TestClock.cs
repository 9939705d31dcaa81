using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace Ecs.Agent.Application.Tests;

/// <summary>Virtual time that can wait for somebody to set a timer, so that it is never advanced too early.</summary>
internal sealed class TestClock() : FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
{
    private readonly ConcurrentDictionary<ObservedTimer, DateTimeOffset> _due = new();
    private readonly Lock _lock = new();
    private TaskCompletionSource _set = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ObservedTimer(this, base.CreateTimer(callback, state, dueTime, period));
        Note(timer, dueTime);
        return timer;
    }

    /// <summary>Waits until a timer is due in exactly that time, then lets it pass.</summary>
    public async Task PassAsync(TimeSpan due, CancellationToken cancellationToken)
    {
        await UntilSetAsync(due, cancellationToken);
        Advance(due);
    }

    /// <summary>Waits until a timer is due in exactly that time.</summary>
    public async Task UntilSetAsync(TimeSpan due, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task next;
            lock (_lock)
            {
                next = _set.Task;
            }

            if (_due.Values.Contains(GetUtcNow() + due))
            {
                return;
            }

            await next.WaitAsync(cancellationToken);
        }
    }

    private void Note(ObservedTimer timer, TimeSpan dueTime)
    {
        if (dueTime == Timeout.InfiniteTimeSpan)
        {
            _due.TryRemove(timer, out _);
        }
        else
        {
            _due[timer] = GetUtcNow() + dueTime;
        }

        TaskCompletionSource set;
        lock (_lock)
        {
            (set, _set) = (_set, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        set.TrySetResult();
    }

    private sealed class ObservedTimer(TestClock clock, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var changed = timer.Change(dueTime, period);
            clock.Note(this, dueTime);
            return changed;
        }

        public void Dispose()
        {
            clock._due.TryRemove(this, out _);
            timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            clock._due.TryRemove(this, out _);
            return timer.DisposeAsync();
        }
    }
}
