namespace Ecs.Agent.Simulation.Tests.World;

/// <summary>The virtual clock as one life of the agent sees it: its timers die with it.</summary>
internal sealed class AgentClock(VirtualClock clock, AgentLife life) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => clock.Now;

    public override long GetTimestamp() => clock.Now.UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new AgentTimer(clock, life, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class AgentTimer(VirtualClock clock, AgentLife life, Action ring) : ITimer
    {
        private int _setting;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Assert.Equal(Timeout.InfiniteTimeSpan, period);
            var setting = ++_setting;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                clock.After(dueTime, () =>
                {
                    if (setting == _setting && !life.IsDead)
                    {
                        ring();
                    }
                });
            }

            return true;
        }

        public void Dispose() => _setting++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
