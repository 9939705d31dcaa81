using Ecs.Agent.Application.Checkpoints;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Testing;
using Moq;
using static Ecs.Agent.Application.Tests.TestAgent;

namespace Ecs.Agent.Application.Tests.Tasks;

public sealed class StopTests
{
    [Fact]
    public async Task Stop_WhileRunning_StopsWithItsGracePeriodAndReportsTheExitCode()
    {
        await using var agent = await StartAsync();
        await agent.RunAsync(Definition(Container("app") with { StopTimeout = TimeSpan.FromSeconds(7) }));
        await agent.UntilReportedAsync(EcsTaskStatus.Running);

        Assert.True((await agent.StopAsync()).Known);
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        Assert.Equal("STOPPED pulled ended: app STOPPED id digest exit 143", agent.Story()[^1]);
        Assert.Equal(
            TimeSpan.FromSeconds(7), Assert.Single(agent.Runtime.Calls, c => c.Operation == RuntimeOperation.StopContainer).GracePeriod);
    }

    [Fact]
    public async Task Stop_BeforeItIsDurable_IsNotAnswered()
    {
        var (reached, mayBeSaved) = (new TaskCompletionSource(), new TaskCompletionSource());
        var saved = new Mock<ICheckpointStore>();
        saved.Setup(c => c.LoadAsync(It.IsAny<CancellationToken>())).ReturnsAsync([]);
        saved.Setup(c => c.SaveAsync(It.Is<EcsTask>(t => t.Desired == EcsTaskStatus.Stopped), It.IsAny<CancellationToken>()))
            .Callback(() => reached.TrySetResult())
            .Returns(() => new ValueTask(mayBeSaved.Task));
        await using var agent = await StartAsync(Options, saved.Object);
        await agent.RunAsync(Definition(Container("app")));
        await agent.UntilReportedAsync(EcsTaskStatus.Running);

        var stop = agent.StopAsync();
        await reached.Task;
        Assert.False(stop.IsCompleted);
        mayBeSaved.SetResult();

        Assert.True((await stop).Known);
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);
    }

    [Fact]
    public async Task Stop_OfAContainerThatIgnoresTheSignal_EndsWith137AfterTheDefaultGracePeriod()
    {
        await using var agent = await StartAsync();
        agent.Runtime.IgnoresStopSignal = _ => true;
        await agent.RunAsync(Definition(Container("app")));
        await agent.UntilReportedAsync(EcsTaskStatus.Running);

        await agent.StopAsync();
        await agent.Clock.PassAsync(TimeSpan.FromSeconds(30), agent.Patience);
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        Assert.Equal("STOPPED pulled ended: app STOPPED id digest exit 137", agent.Story()[^1]);
    }

    [Fact]
    public async Task Stop_WhileWaitingForTheHost_IsReportedAtOnceAndLeavesTheLine()
    {
        await using var agent = await StartAsync();
        await agent.RunAsync(
            Definition(1, Container("app") with { Cpu = 2048 }),
            Definition(2, Container("app") with { Cpu = 2048 }),
            Definition(3, Container("app") with { Cpu = 1 }));
        await agent.UntilReportedAsync(EcsTaskStatus.Running, 1);

        await agent.StopAsync(2);
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped, 2);
        await agent.StopAsync(1);
        await agent.UntilReportedAsync(EcsTaskStatus.Running, 3);

        Assert.Equal(["STOPPED ended: app STOPPED"], agent.Story(2));
    }

    [Fact]
    public async Task Stop_WhileResolvingTheManifest_IsReportedAtOnceAndNothingIsPulled()
    {
        await using var agent = await StartAsync();
        using var resolve = agent.Runtime.Hold(RuntimeOperation.ResolveDigest);
        await agent.RunAsync(Definition(Container("app")));
        await resolve.Reached;

        await agent.StopAsync();
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        Assert.Equal(["STOPPED ended: app STOPPED"], agent.Story());
        Assert.DoesNotContain(agent.Runtime.Calls, c => c.Operation == RuntimeOperation.PullImage);
    }

    [Fact]
    public async Task Stop_WhilePulling_IsReportedAtOnceAndNothingIsCreated()
    {
        await using var agent = await StartAsync();
        using var pull = agent.Runtime.Hold(RuntimeOperation.PullImage);
        await agent.RunAsync(Definition(Container("app")));
        await pull.Reached;

        await agent.StopAsync();
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        Assert.Equal("STOPPED pulling ended: app STOPPED digest", agent.Story()[^1]);
        Assert.Empty(agent.Runtime.Containers);
    }

    [Fact]
    public async Task Stop_WhileCreating_WaitsForTheCreationAndStartsNothing()
    {
        await using var agent = await StartAsync();
        using var create = agent.Runtime.Hold(RuntimeOperation.CreateContainer);
        await agent.RunAsync(Definition(Container("app")));
        await create.Reached;

        await agent.StopAsync();
        await agent.UntilAsync(t => t.Desired == EcsTaskStatus.Stopped);
        Assert.NotEqual(EcsTaskStatus.Stopped, agent.Directory.Find(Arn())!.Known);
        create.Release();
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        Assert.Equal("STOPPED pulled ended: app STOPPED id digest", agent.Story()[^1]);
        Assert.DoesNotContain(agent.Runtime.Calls, c => c.Operation is RuntimeOperation.StartContainer or RuntimeOperation.StopContainer);
    }

    [Fact]
    public async Task Stop_WhileStarting_WaitsForTheStartThenStops()
    {
        await using var agent = await StartAsync();
        using var start = agent.Runtime.Hold(RuntimeOperation.StartContainer);
        await agent.RunAsync(Definition(Container("app")));
        await start.Reached;

        await agent.StopAsync();
        await agent.UntilAsync(t => t.Desired == EcsTaskStatus.Stopped);
        start.Release();
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        Assert.Equal("STOPPED pulled ended: app STOPPED id digest exit 143", agent.Story()[^1]);
        Assert.Equal(ObservedState.Stopped, agent.Docker("app").State);
    }

    [Fact]
    public async Task Stop_WhileWaitingForALaunchPlace_DoesNotWaitForTheLaunchesBeforeIt()
    {
        await using var agent = await StartAsync(Options with { ConcurrentLaunches = 1 });
        using var create = agent.Runtime.Hold(c => c.Operation == RuntimeOperation.CreateContainer && c.Container == "first");
        await agent.RunAsync(Definition(1, Container("first")));
        await create.Reached;
        await agent.RunAsync(Definition(2, Container("second")));
        await agent.UntilAsync(t => t.Find("second")!.Known == ContainerStatus.Pulled, 2);

        await agent.StopAsync(2);
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped, 2);

        create.Release();
        await agent.UntilReportedAsync(EcsTaskStatus.Running, 1);
    }

    [Fact]
    public async Task Stop_OfATaskNeverSeen_IsReportedStoppedAtOnce()
    {
        await using var agent = await StartAsync();

        var result = await agent.StopAsync(1, Definition(Container("a"), Container("b", false)));
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        Assert.True(result.Known);
        Assert.Equal(["STOPPED ended: a STOPPED, b STOPPED"], agent.Story());
        Assert.Empty(agent.Runtime.Calls);
    }

    [Fact]
    public async Task Stop_OfATaskNeverSeenThatMakesNoSense_IsReportedStoppedInsteadOfSpinning()
    {
        await using var agent = await StartAsync();

        await agent.StopAsync(1, Definition(Container("same"), Container("same")));
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        Assert.Equal(["STOPPED: "], agent.Story());
    }

    [Fact]
    public async Task Stop_OfATaskNobodyKnows_SaysSo()
    {
        await using var agent = await StartAsync();

        Assert.False((await agent.StopAsync(9)).Known);
        Assert.Empty(agent.Directory.All());
    }

    [Fact]
    public async Task Stop_Repeated_StopsOnce()
    {
        await using var agent = await StartAsync();
        using var stop = agent.Runtime.Hold(RuntimeOperation.StopContainer);
        await agent.RunAsync(Definition(Container("app")));
        await agent.UntilReportedAsync(EcsTaskStatus.Running);

        await agent.StopAsync();
        await stop.Reached;
        await agent.StopAsync();
        await agent.StopAsync();
        stop.Release();
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);
        await agent.StopAsync();

        Assert.Single(agent.Runtime.Calls, c => c.Operation == RuntimeOperation.StopContainer);
        Assert.Equal(3, agent.ControlPlane.Reports.Count);
    }

    [Theory]
    [InlineData(RuntimeFailureKind.Temporary)]
    [InlineData(RuntimeFailureKind.TimedOut)]
    [InlineData(RuntimeFailureKind.Permanent)]
    [InlineData(RuntimeFailureKind.Unreachable)]
    public async Task Stop_ThatFailsWhileTheContainerRunsOn_IsRepeatedAndNeverCalledStopped(RuntimeFailureKind kind)
    {
        await using var agent = await StartAsync();
        await agent.RunAsync(Definition(Container("app")));
        await agent.UntilReportedAsync(EcsTaskStatus.Running);
        agent.Runtime.Fail(RuntimeOperation.StopContainer, "CannotStopContainerError", "permission denied", kind, times: 2);

        await agent.StopAsync();
        await agent.Clock.PassAsync(TimeSpan.FromSeconds(2), agent.Patience);
        await agent.UntilRuntimeAsync(r => r.Calls.Count(c => c.Operation == RuntimeOperation.StopContainer) == 2);
        Assert.Equal(EcsTaskStatus.Running, agent.Directory.Find(Arn())!.Known);
        await agent.Clock.PassAsync(TimeSpan.FromSeconds(2), agent.Patience);
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        Assert.Equal("STOPPED pulled ended: app STOPPED id digest exit 143", agent.Story()[^1]);
    }

    [Fact]
    public async Task Stop_ThatFindsNothingToStop_IsReportedWithThatReason()
    {
        await using var agent = await StartAsync();
        await agent.RunAsync(Definition(Container("app")));
        await agent.UntilReportedAsync(EcsTaskStatus.Running);
        agent.Runtime.Fail(
            RuntimeOperation.StopContainer, "CannotStopContainerError", "Container not found: 1", RuntimeFailureKind.NotFound);

        await agent.StopAsync();
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        Assert.Equal("STOPPED pulled ended: app STOPPED id digest \"CannotStopContainerError: Container not found: 1\"", agent.Story()[^1]);
    }
}
