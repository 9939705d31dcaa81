using Ecs.Agent.Application.Tasks.Containers;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Testing;
using static Ecs.Agent.Application.Tests.TestAgent;

namespace Ecs.Agent.Application.Tests.Tasks;

public sealed class LaunchGateTests
{
    [Fact]
    public async Task Enter_AsManyAsItIsWide_GoThroughAtOnce()
    {
        var gate = new LaunchGate(2);

        using var a = await gate.EnterAsync(1, CancellationToken.None);
        using var b = await gate.EnterAsync(2, CancellationToken.None);

        Assert.False(gate.EnterAsync(0, CancellationToken.None).IsCompleted);
    }

    [Fact]
    public async Task Enter_WhenAPlaceIsLeft_GoesToTheEarliestTaskThenToTheEarliestArrival()
    {
        var gate = new LaunchGate(1);
        var place = await gate.EnterAsync(0, CancellationToken.None);
        var entered = new List<string>();
        var waiting = new[] { (3L, "3"), (1L, "1a"), (2L, "2"), (1L, "1b") }.Select(async x =>
        {
            using var mine = await gate.EnterAsync(x.Item1, CancellationToken.None);
            entered.Add(x.Item2);
        }).ToList();

        place.Dispose();
        await Task.WhenAll(waiting);

        Assert.Equal(["1a", "1b", "2", "3"], entered);
    }

    [Fact]
    public async Task MoveAhead_InLine_GoesBeforeThoseOfAHigherOrder()
    {
        var gate = new LaunchGate(1);
        var place = await gate.EnterAsync(0, CancellationToken.None);
        var second = gate.EnterAsync(2, CancellationToken.None);
        var turn = gate.LineUp(3);
        var last = turn.ComeAsync(CancellationToken.None);

        turn.MoveAhead(1);
        turn.MoveAhead(0);
        place.Dispose();

        Assert.True(turn.HasCome);
        Assert.False(second.IsCompleted);
        (await last).Dispose();
        (await second).Dispose();
        Assert.True(gate.LineUp(1).HasCome);
        Assert.False(gate.LineUp(1).HasCome);
    }

    [Fact]
    public async Task Leave_Twice_FreesOnePlace()
    {
        var gate = new LaunchGate(1);
        var place = await gate.EnterAsync(0, CancellationToken.None);

        place.Dispose();
        place.Dispose();

        using var next = await gate.EnterAsync(0, CancellationToken.None);
        Assert.False(gate.EnterAsync(0, CancellationToken.None).IsCompleted);
    }

    [Fact]
    public async Task Enter_CancelledWhileItWaits_IsPassedOver()
    {
        var gate = new LaunchGate(1);
        var place = await gate.EnterAsync(0, CancellationToken.None);
        using var cancellation = new CancellationTokenSource();
        var cancelled = gate.EnterAsync(1, cancellation.Token);
        var next = gate.EnterAsync(2, CancellationToken.None);

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        place.Dispose();

        (await next).Dispose();
    }

    [Fact]
    public async Task Enter_CancelledInTheMomentOfItsTurn_LeaksNoPlace()
    {
        for (var round = 0; round < 500; round++)
        {
            var gate = new LaunchGate(1);
            var place = await gate.EnterAsync(0, CancellationToken.None);
            using var cancellation = new CancellationTokenSource();
            var waiting = gate.EnterAsync(1, cancellation.Token);

            await Task.WhenAll(Task.Run(cancellation.Cancel), Task.Run(place.Dispose));
            if (await Task.WhenAny(waiting) == waiting && waiting.IsCompletedSuccessfully)
            {
                (await waiting).Dispose();
            }

            Assert.True(gate.EnterAsync(2, CancellationToken.None).IsCompletedSuccessfully);
        }
    }

    [Fact]
    public async Task Enter_PlaceOfACallThatIsNotAnswered_IsGivenOn()
    {
        var clock = new TestClock();
        var gate = new LaunchGate(1, TimeSpan.FromSeconds(10), clock);
        var stuck = await gate.EnterAsync(0, CancellationToken.None);
        var next = gate.EnterAsync(1, CancellationToken.None);

        clock.Advance(TimeSpan.FromSeconds(9));
        Assert.False(next.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        var place = await next;

        stuck.Dispose();
        Assert.False(gate.EnterAsync(2, CancellationToken.None).IsCompleted);
        place.Dispose();
    }

    [Fact]
    public async Task Launch_ThatTheDaemonDoesNotAnswer_HoldsUpNoOtherTask()
    {
        await using var agent = await StartAsync(Options with { ConcurrentLaunches = 1 });
        using var hold = agent.Runtime.Hold(RuntimeOperation.StartContainer);
        await agent.RunAsync(Definition(1, Container("app")));
        await agent.UntilRuntimeAsync(runtime => runtime.Calls.Any(call => call.Operation == RuntimeOperation.StartContainer));
        await agent.RunAsync(Definition(2, Container("app")));
        await agent.UntilReportedAsync(EcsTaskStatus.ManifestPulled, 2);
        await agent.UntilAsync(t => t.Find("app")!.Known == Domain.Containers.ContainerStatus.Pulled, 2);
        Assert.Single(agent.Runtime.Calls, call => call.Operation == RuntimeOperation.CreateContainer);

        agent.Clock.Advance(LaunchGate.OfALaunch);

        await agent.UntilRuntimeAsync(runtime => runtime.Calls.Count(call => call.Operation == RuntimeOperation.CreateContainer) == 2);
    }

    [Fact]
    public void Width_OfNothing_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new LaunchGate(0));

    [Fact]
    public async Task Launches_OfManyTasks_NeverExceedTheWidth()
    {
        await using var agent = await StartAsync(Options with { ConcurrentLaunches = 2 });
        using var hold = agent.Runtime.Hold(RuntimeOperation.CreateContainer);
        await agent.RunAsync([.. Enumerable.Range(1, 6).Select(n => Definition(n, Container("app")))]);
        foreach (var n in Enumerable.Range(1, 6))
        {
            await agent.UntilReportedAsync(EcsTaskStatus.ManifestPulled, n);
            await agent.UntilAsync(t => t.Find("app")!.Known == Domain.Containers.ContainerStatus.Pulled, n);
        }

        await agent.UntilRuntimeAsync(r => r.Calls.Count(c => c.Operation == RuntimeOperation.CreateContainer) == 2);
        Assert.Equal(2, agent.Runtime.Calls.Count(c => c.Operation == RuntimeOperation.CreateContainer));
        hold.Release();
        foreach (var n in Enumerable.Range(1, 6))
        {
            await agent.UntilReportedAsync(EcsTaskStatus.Running, n);
        }
    }
}
