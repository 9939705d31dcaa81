using Ecs.Agent.Simulation.Tests.Scenarios;

namespace Ecs.Agent.Simulation.Tests.World;

/// <summary>The one clock of a run, and everything that is due on it. Time passes only from one due action to the next.</summary>
internal sealed class VirtualClock(Chance chance)
{
    private readonly PriorityQueue<Action, (long At, double Tie, long Sequence)> _due = new();
    private long _sequence;

    public static DateTimeOffset Epoch { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public DateTimeOffset Now { get; private set; } = Epoch;

    public TimeSpan Elapsed => Now - Epoch;

    public void After(TimeSpan delay, Action action) => At(Now + delay, action);

    public void At(DateTimeOffset time, Action action)
    {
        var sequence = _sequence++;
        _due.Enqueue(action, (Math.Max(time.UtcTicks, Now.UtcTicks), chance.Of("tie", sequence), sequence));
    }

    /// <summary>Goes on to the next due action and does it; false when nothing is due until then.</summary>
    public bool RunNext(DateTimeOffset until)
    {
        if (!_due.TryPeek(out _, out var next) || next.At > until.UtcTicks)
        {
            Now = until > Now ? until : Now;
            return false;
        }

        var action = _due.Dequeue();
        Now = new DateTimeOffset(next.At, TimeSpan.Zero);
        action();
        return true;
    }
}
