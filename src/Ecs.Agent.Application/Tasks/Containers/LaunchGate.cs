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
/// <param name="time">The clock of the patience; null where there is no end to it.</param>
internal sealed class LaunchGate(int width, TimeSpan patience, TimeProvider? time)
{
    /// <summary>Far longer than a container takes to be created or started, and far shorter than the limits of those calls.</summary>
    public static readonly TimeSpan OfALaunch = TimeSpan.FromSeconds(10);

    private readonly TimeSpan _patience = patience;
    private readonly TimeProvider? _time = time;
    private readonly Lock _lock = new();
    private readonly PriorityQueue<Turn, (long Order, long Arrival)> _waiting = new();
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
    public Task<IDisposable> EnterAsync(long order, CancellationToken cancellationToken) => LineUp(order).ComeAsync(cancellationToken);

    /// <summary>Gets in line, at once; <see cref="Turn.ComeAsync"/> of the answer waits for the place and has to be called.</summary>
    /// <param name="order">The task's place in the order of admission: lower goes first.</param>
    public Turn LineUp(long order)
    {
        lock (_lock)
        {
            var turn = new Turn(this, ++_arrivals);
            if (_free > 0)
            {
                _free--;
                turn.TryGive();
            }
            else
            {
                _waiting.Enqueue(turn, (order, turn.Arrival));
            }

            return turn;
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            while (_waiting.TryDequeue(out var turn, out _))
            {
                // Whoever was cancelled, or has moved ahead and had its turn, is passed over.
                if (turn.TryGive())
                {
                    return;
                }
            }

            _free++;
        }
    }

    private void MoveAhead(Turn turn, long order)
    {
        lock (_lock)
        {
            _waiting.Enqueue(turn, (order, turn.Arrival));
        }
    }

    /// <summary>Somebody's turn: in line, come, or given up.</summary>
    public sealed class Turn
    {
        private readonly LaunchGate _gate;
        private readonly TaskCompletionSource _come = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal Turn(LaunchGate gate, long arrival)
        {
            _gate = gate;
            Arrival = arrival;
        }

        /// <summary>The first to get in line has 1. Of the same order, who came first goes first.</summary>
        public long Arrival { get; }

        /// <summary>Whether it has a place, or had it.</summary>
        public bool HasCome => _come.Task.IsCompletedSuccessfully;

        /// <summary>Goes in front of those with a higher order from now on. Without effect once its turn has come.</summary>
        public void MoveAhead(long order) => _gate.MoveAhead(this, order);

        /// <summary>Waits for the place; dispose the answer to leave it. Cancelled, it leaves the line.</summary>
        public async Task<IDisposable> ComeAsync(CancellationToken cancellationToken)
        {
            // Whoever is cancelled stays in the queue and is passed over when it comes up.
            await using var registration = cancellationToken.Register(() => _come.TrySetCanceled(cancellationToken)).ConfigureAwait(false);
            await _come.Task.ConfigureAwait(false);
            return new Place(_gate);
        }

        internal bool TryGive() => _come.TrySetResult();
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
