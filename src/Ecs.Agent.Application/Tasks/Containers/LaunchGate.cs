namespace Ecs.Agent.Application.Tasks.Containers;

/// <summary>
/// Lets a bounded number of containers be created or started at a time, those of earlier tasks first. A daemon that is asked to start fifty
/// at once finishes all of them late; asked in order it finishes the first ones early and the last ones no later.
/// </summary>
/// <param name="width">How many at a time.</param>
/// <param name="patience">
/// How long one keeps its place to itself. A call that the daemon does not answer goes on without a place then, so that it holds up nobody
/// else's.
/// </param>
/// <param name="time">The clock of the patience; null where it has no end.</param>
internal sealed class LaunchGate(int width, TimeSpan patience, TimeProvider? time)
{
    /// <summary>Far longer than a container takes to be created or started, and far shorter than the limits of those calls.</summary>
    public static readonly TimeSpan OfALaunch = TimeSpan.FromSeconds(10);

    private readonly TimeSpan _patience = patience;
    private readonly TimeProvider? _time = time;
    private readonly Lock _lock = new();
    private readonly PriorityQueue<TaskCompletionSource, (long Order, long Arrival)> _waiting = new();
    private int _free = width > 0 ? width : throw new ArgumentOutOfRangeException(nameof(width), width, "At least one launch at a time.");
    private long _arrivals;

    /// <summary>A gate whose places are kept for as long as it takes.</summary>
    public LaunchGate(int width)
        : this(width, Timeout.InfiniteTimeSpan, time: null)
    {
    }

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

    private sealed class Place : IDisposable
    {
        private readonly ITimer? _patience;
        private LaunchGate? _gate;

        public Place(LaunchGate gate)
        {
            _gate = gate;
            _patience = gate._time?.CreateTimer(static place => ((Place)place!).Leave(), this, gate._patience, Timeout.InfiniteTimeSpan);
        }

        public void Dispose()
        {
            _patience?.Dispose();
            Leave();
        }

        private void Leave() => Interlocked.Exchange(ref _gate, null)?.Leave();
    }
}
