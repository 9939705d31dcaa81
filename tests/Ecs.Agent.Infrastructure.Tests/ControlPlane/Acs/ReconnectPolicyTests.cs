using Ecs.Agent.Infrastructure.ControlPlane.Acs;

namespace Ecs.Agent.Infrastructure.Tests.ControlPlane.Acs;

public sealed class ReconnectPolicyTests
{
    [Theory]
    [InlineData(1000, true)]
    [InlineData(1001, true)]
    [InlineData(1011, true)]
    [InlineData(1002, false)]
    [InlineData(1005, false)]
    [InlineData(1008, false)]
    [InlineData(4000, false)]
    public void After_CloseFrame_TheCodeDecides(int code, bool atOnce)
    {
        var (delay, next) = new ReconnectPolicy(2, 0).After(new SessionEnd.Closed(code), heardAnything: true, jitter: 0);
        Assert.Equal(atOnce ? TimeSpan.Zero : TimeSpan.FromMilliseconds(562.5), delay);
        Assert.Equal(atOnce ? 0 : 3, next.Failures);
    }

    [Fact]
    public void After_DroppedConnection_IsAtOnce() =>
        Assert.Equal(TimeSpan.Zero, new ReconnectPolicy(2, 0).After(new SessionEnd.Dropped(), heardAnything: true, jitter: 1).Delay);

    [Fact]
    public void After_Failures_TheDelayGrowsToTwoMinutes()
    {
        var policy = default(ReconnectPolicy);
        var delays = new List<double>();
        for (var i = 0; i < 40; i++)
        {
            (var delay, policy) = policy.After(new SessionEnd.Failed("x"), heardAnything: false, jitter: 0);
            delays.Add(delay.TotalMilliseconds);
        }

        Assert.Equal([250, 375, 562.5], delays[..3]);
        Assert.Equal(120_000, delays[^1]);
        Assert.Equal(delays.Order(), delays);
    }

    [Fact]
    public void After_Jitter_AddsUpToAFifth() => Assert.Equal(
        TimeSpan.FromMilliseconds(300), default(ReconnectPolicy).After(new SessionEnd.Failed("x"), heardAnything: false, jitter: 1).Delay);

    [Fact]
    public void After_InactiveInstance_WaitsAnHourAndForgetsNothing()
    {
        var policy = new ReconnectPolicy(3, 1);
        Assert.Equal((TimeSpan.FromHours(1), policy), policy.After(new SessionEnd.InactiveInstance(), heardAnything: false, jitter: 0.5));
    }

    [Fact]
    public void After_ManyEndsWithoutAWord_BacksOffUntilSomethingIsHeard()
    {
        var policy = default(ReconnectPolicy);
        var delays = new List<double>();
        for (var i = 0; i < 7; i++)
        {
            (var delay, policy) = policy.After(new SessionEnd.Closed(1000), heardAnything: false, jitter: 0);
            delays.Add(delay.TotalMilliseconds);
        }

        Assert.Equal([0, 0, 0, 0, 0, 250, 375], delays);
        Assert.Equal(TimeSpan.Zero, policy.After(new SessionEnd.Closed(1000), heardAnything: true, jitter: 0).Delay);
    }
}
