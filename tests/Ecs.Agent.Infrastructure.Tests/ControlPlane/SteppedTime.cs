using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Ecs.Agent.Infrastructure.Tests.ControlPlane;

/// <summary>
/// Virtual time that tells which timers are set, so that a test can wait for a delay instead of guessing when it has begun.
/// </summary>
internal sealed class SteppedTime() : FakeTimeProvider(new DateTimeOffset(2031, 5, 1, 12, 0, 0, TimeSpan.Zero))
{
    private readonly Channel<TimeSpan> _timers = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _timers.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Waits until a timer of that length has been set.</summary>
    public async Task TimerAsync(TimeSpan length)
    {
        using var guard = new CancellationTokenSource(Loopback.Patience);
        while (Math.Abs((await _timers.Reader.ReadAsync(guard.Token) - length).TotalMilliseconds) > 0.001)
        {
        }
    }

    /// <summary>Waits until a timer of that length has been set and lets it ring.</summary>
    public async Task PassAsync(TimeSpan length)
    {
        await TimerAsync(length);
        Advance(length + TimeSpan.FromMilliseconds(1));
    }
}
