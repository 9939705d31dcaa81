namespace Ecs.Agent.LocalControlPlane.WebSockets;

/// <summary>Beats at an interval as long as the peer is heard of now and then; gives it up after three silent intervals.</summary>
internal sealed class HeartbeatWatch : IDisposable
{
    private const int SilentBeats = 3;
    private readonly ITimer _timer;
    private readonly Action _beat;
    private readonly Action _giveUp;
    private int _silent;

    /// <param name="time">The clock.</param>
    /// <param name="interval">Between two beats.</param>
    /// <param name="beat">Sends a heartbeat.</param>
    /// <param name="giveUp">Ends a connection whose peer is gone.</param>
    public HeartbeatWatch(TimeProvider time, TimeSpan interval, Action beat, Action giveUp)
    {
        _beat = beat;
        _giveUp = giveUp;
        _timer = time.CreateTimer(static watch => ((HeartbeatWatch)watch!).OnTick(), this, interval, interval);
    }

    /// <summary>The peer said something.</summary>
    public void Heard() => Volatile.Write(ref _silent, 0);

    public void Dispose() => _timer.Dispose();

    private void OnTick()
    {
        if (Interlocked.Increment(ref _silent) > SilentBeats)
        {
            _giveUp();
        }
        else
        {
            _beat();
        }
    }
}
