namespace Ecs.Agent.Application.Tasks.Containers;

/// <summary>
/// Lets a bounded number of containers be created or started at a time, those of earlier tasks first. A daemon that is asked to start fifty
/// at once finishes all of them late; asked in order it finishes the first ones early and the last ones no later.
/// </summary>
internal sealed class LaunchGate(int width)
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<TaskCompletionSource, (long Order, long Arrival)> _waiting = new();
    private int _free = width;
    private long _arrivals;

    /// <summary>Waits for a place; dispose the answer to leave it.</summary>
    /// <param name="order">The task's place in the order of admission: lower goes first.</param>
    /// <param name="cancellationToken">Leaves the line.</param>
    public async Task<IDisposable> EnterAsync(long order, CancellationToken cancellationToken)
    {
        TaskCompletionSource turn;
        lock (_lock)
        {
            if (_free > 0)
            {
                _free--;
                return new Place(this);
            }

            turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(turn, (order, _arrivals++));
        }

        // Whoever is cancelled stays in the queue as a cancelled turn and is passed over when it comes up.
        await using var registration = cancellationToken.Register(() => turn.TrySetCanceled(cancellationToken)).ConfigureAwait(false);
        await turn.Task.ConfigureAwait(false);
        return new Place(this);
    }

    private void Leave()
    {
        lock (_lock)
        {
            while (_waiting.TryDequeue(out var turn, out _))
            {
                if (turn.TrySetResult())
                {
                    return;
                }
            }

            _free++;
        }
    }

    private sealed class Place(LaunchGate gate) : IDisposable
    {
        private LaunchGate? _gate = gate;

        public void Dispose() => Interlocked.Exchange(ref _gate, null)?.Leave();
    }
}
