using Ecs.Agent.Application.Checkpoints;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Testing;
using Moq;
using static Ecs.Agent.Application.Tests.TestAgent;

namespace Ecs.Agent.Application.Tests.Tasks;

public sealed class TaskLifecycleTests
{
    [Fact]
    public async Task Task_OfOneContainer_IsReportedPendingRunningStopped()
    {
        await using var agent = await StartAsync();

        var result = await agent.RunAsync(
            Definition(Container("app") with { PortMappings = [new() { ContainerPort = 80, HostPort = 8080 }] }));
        await agent.UntilReportedAsync(EcsTaskStatus.Running);
        agent.Exit("app", 3);
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        Assert.True(result.AllAccepted);
        Assert.Equal(
            [
                "PENDING: app PENDING digest",
                "RUNNING pulled: app RUNNING id digest 0.0.0.0:8080->80",
                "STOPPED pulled ended: app STOPPED id digest exit 3 0.0.0.0:8080->80",
            ],
            agent.Story());
        Assert.Equal(
            [RuntimeOperation.CreateContainer, RuntimeOperation.StartContainer, RuntimeOperation.InspectContainer], agent.Operations("app"));
    }

    [Fact]
    public async Task Task_OfSeveralContainers_IsRunningWhenAllAre()
    {
        await using var agent = await StartAsync();
        using var hold = agent.Runtime.Hold(RuntimeOperation.StartContainer, "b");

        await agent.RunAsync(Definition(Container("a"), Container("b", essential: false)));
        await agent.UntilAsync(t => t.Find("a")!.IsRunning);
        await hold.Reached;
        Assert.NotEqual(EcsTaskStatus.Running, agent.Directory.Find(Arn())!.Known);
        hold.Release();
        await agent.UntilReportedAsync(EcsTaskStatus.Running);
        agent.Exit("b", 0);
        await agent.ControlPlane.WaitForAsync(c => c.Reports.Count == 3, agent.Patience);
        agent.Exit("a", 1);
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        Assert.Equal(
            [
                "PENDING: a PENDING digest, b PENDING digest",
                "RUNNING pulled: a RUNNING id digest, b RUNNING id digest",
                "RUNNING pulled: b STOPPED id digest exit 0",
                "STOPPED pulled ended: a STOPPED id digest exit 1",
            ],
            agent.Story());
    }

    [Fact]
    public async Task Container_EndsBeforeItsStartIsLookedAt_IsReportedRunningWithItsExitCodeThenStopped()
    {
        await using var agent = await StartAsync();
        agent.Runtime.ExitOnStart = _ => 7;

        await agent.RunAsync(Definition(Container("app")));
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        Assert.Equal(
            ["PENDING: app PENDING digest", "RUNNING pulled: app RUNNING id digest exit 7", "STOPPED pulled ended: app STOPPED id digest exit 7"],
            agent.Story());
    }

    [Fact]
    public async Task Container_KilledForItsMemory_SaysSo()
    {
        await using var agent = await StartAsync();
        await agent.RunAsync(Definition(Container("app")));
        await agent.UntilReportedAsync(EcsTaskStatus.Running);

        agent.Exit("app", 137, oom: true);
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        Assert.Equal(
            "STOPPED pulled ended: app STOPPED id digest exit 137 \"OutOfMemoryError: Container killed due to memory usage\"", agent.Story()[^1]);
    }

    [Fact]
    public async Task Container_RemovedBehindTheAgentsBack_IsReportedAsVanished()
    {
        await using var agent = await StartAsync();
        await agent.RunAsync(Definition(Container("app")));
        await agent.UntilReportedAsync(EcsTaskStatus.Running);

        agent.Runtime.Vanish(agent.Docker("app").DockerName);
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        Assert.Equal(
            "STOPPED pulled ended: app STOPPED id digest \"ContainerVanishedError: No container matching saved ID found\"", agent.Story()[^1]);
    }

    [Fact]
    public async Task EssentialContainer_Ends_TakesTheOthersWithIt()
    {
        await using var agent = await StartAsync();
        agent.Runtime.IgnoresStopSignal = c => c.Name == "stubborn";
        await agent.RunAsync(Definition(
            Container("app"),
            Container("side", false),
            Container("stubborn", false) with { StopTimeout = TimeSpan.FromSeconds(9) }));
        await agent.UntilReportedAsync(EcsTaskStatus.Running);

        agent.Exit("app", 0);
        await agent.Clock.PassAsync(TimeSpan.FromSeconds(9), agent.Patience);
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        var task = agent.Directory.Find(Arn())!;
        Assert.Equal([0, 143, 137], task.Containers.Select(c => c.ExitCode));
        Assert.Equal(3, agent.ControlPlane.Reports[^1].Containers.Length);
    }

    [Fact]
    public async Task Container_WithRestartPolicy_IsStartedAgainWithoutAReport()
    {
        await using var agent = await StartAsync();
        var policy = new RestartPolicy { Enabled = true, AttemptPeriod = TimeSpan.FromSeconds(60) };
        await agent.RunAsync(Definition(Container("app") with { RestartPolicy = policy }));
        await agent.UntilReportedAsync(EcsTaskStatus.Running);

        agent.Clock.Advance(TimeSpan.FromSeconds(61));
        agent.Exit("app", 1);
        await agent.UntilAsync(t => t.Find("app") is { RestartCount: 1, RestartDue: false });
        Assert.Equal((2, 2), (agent.Docker("app").Starts, agent.ControlPlane.Reports.Count));
        agent.Exit("app", 5);
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        Assert.Equal("STOPPED pulled ended: app STOPPED id digest exit 5", agent.Story()[^1]);
        Assert.Equal(2, agent.Docker("app").Starts);
    }

    [Fact]
    public async Task Creation_OfAContainer_TellsItTheRegionUnlessSomebodyElseDoes()
    {
        await using var agent = await StartAsync(Options with { ImagePullBehavior = Configuration.ImagePullBehavior.PreferCached });
        agent.Runtime.AddImage("repo/image-says:1", pulled: true, "AWS_REGION");
        await agent.RunAsync(Definition(
            Container("app"),
            Container("image-says"),
            Container("definition-says") with { Environment = new EnvironmentVariables([new("AWS_DEFAULT_REGION", "mars")]) }));
        await agent.UntilReportedAsync(EcsTaskStatus.Running);

        Assert.Equal(
            [new("AWS_DEFAULT_REGION", "eu-central-1"), new("AWS_REGION", "eu-central-1")], agent.Docker("app").Creation.Environment);
        Assert.Empty(agent.Docker("image-says").Creation.Environment);
        Assert.Equal([new("AWS_DEFAULT_REGION", "mars")], agent.Docker("definition-says").Creation.Environment);
        Assert.Equal("default", agent.Docker("app").Creation.Cluster);
        Assert.Equal(agent.Docker("image-says").DockerName, agent.Docker("app").Creation.DockerNames["image-says"]);
    }

    [Fact]
    public async Task State_EveryOne_IsDurableBeforeItIsReported()
    {
        var saved = new InMemoryCheckpointStore();
        await using var agent = await StartAsync(Options, saved);
        await agent.RunAsync(Definition(Container("app")));
        await agent.UntilReportedAsync(EcsTaskStatus.Running);
        agent.ControlPlane.Hold();
        agent.Exit("app", 0);
        await agent.ControlPlane.WaitForAsync(c => c.Attempts[^1].Status == Domain.Reporting.ReportedStatus.Stopped, agent.Patience);

        Assert.Equal(EcsTaskStatus.Stopped, Assert.Single(await saved.LoadAsync(agent.Patience)).Known);
        agent.ControlPlane.Release();
    }

    [Fact]
    public async Task Admission_ThatCannotBeSaved_IsNotAccepted()
    {
        var broken = new Mock<ICheckpointStore>();
        broken.Setup(c => c.LoadAsync(It.IsAny<CancellationToken>())).ReturnsAsync([]);
        broken.Setup(c => c.SaveAsync(It.IsAny<EcsTask>(), It.IsAny<CancellationToken>())).Throws(new IOException("disk full"));
        await using var agent = await StartAsync(Options, broken.Object);

        await Assert.ThrowsAsync<IOException>(() => agent.RunAsync(Definition(Container("app"))));

        Assert.Empty(agent.Directory.All());
        Assert.Empty(agent.Runtime.Calls);
    }

    [Fact]
    public async Task Admission_OfAKnownTask_LeavesItAsItIs()
    {
        await using var agent = await StartAsync();
        await agent.RunAsync(Definition(Container("app")));
        await agent.UntilReportedAsync(EcsTaskStatus.Running);

        var again = await agent.RunAsync(Definition(Container("other")));

        Assert.True(again.AllAccepted);
        Assert.Equal("app", Assert.Single(Assert.Single(agent.Directory.All()).Containers).Name);
        Assert.Single(agent.Runtime.Containers);
    }

    [Fact]
    public async Task Agent_ThatStops_LeavesContainersRunning()
    {
        await using var agent = await StartAsync();
        await agent.RunAsync(Definition(1, Container("app")), Definition(2, Container("app")));
        await agent.UntilReportedAsync(EcsTaskStatus.Running, 1);
        await agent.UntilReportedAsync(EcsTaskStatus.Running, 2);

        await agent.ShutDownAsync();

        Assert.All(agent.Runtime.Containers.Values, c => Assert.Equal(ObservedState.Running, c.State));
        Assert.Equal(0, agent.Runtime.Watchers);
    }

    [Fact]
    public async Task Agent_ThatStopsInTheMiddleOfEverything_EndsItsSteps()
    {
        await using var agent = await StartAsync();
        using var pull = agent.Runtime.Hold(RuntimeOperation.PullImage, null);
        using var create = agent.Runtime.Hold(RuntimeOperation.CreateContainer);
        agent.ControlPlane.Hold();
        await agent.RunAsync(
            Definition(1, Container("app")),
            Definition(2, Container("huge") with { Cpu = 2048 }),
            Definition(3, Container("app") with { Cpu = 1 }));
        await pull.Reached;

        await agent.ShutDownAsync();

        Assert.Empty(agent.Runtime.Containers);
    }

    [Fact]
    public async Task Defect_InAStep_EndsTheEngineInsteadOfPassingAsAnOutcome()
    {
        await using var agent = await StartAsync();
        agent.Runtime.ExitOnStart = _ => throw new InvalidOperationException("a defect");

        await agent.RunAsync(Definition(Container("app")));

        await Assert.ThrowsAsync<InvalidOperationException>(() => agent.Owners.ExecuteTask!.WaitAsync(agent.Patience));
        Assert.NotEqual(EcsTaskStatus.Stopped, agent.Tasks.Latest[Arn()].Known);
    }

    [Fact]
    public async Task TwoHundredTasks_AtOnce_AllRunAndAllStop()
    {
        await using var agent = await StartAsync();
        await agent.RunAsync([.. Enumerable.Range(1, 200).Select(n => Definition(n, Container("app") with { Cpu = 10, MemoryMiB = 20 }))]);
        await agent.ControlPlane.WaitForAsync(
            c => c.Reports.Count(r => r.Status == Domain.Reporting.ReportedStatus.Running) == 200, agent.Patience);

        foreach (var n in Enumerable.Range(1, 200))
        {
            await agent.StopAsync(n);
        }

        await agent.ControlPlane.WaitForAsync(
            c => c.Reports.Count(r => r.Status == Domain.Reporting.ReportedStatus.Stopped) == 200, agent.Patience);
        Assert.All(Enumerable.Range(1, 200), n => Assert.Equal(
            [
                "PENDING: app PENDING digest",
                "RUNNING pulled: app RUNNING id digest",
                "STOPPED pulled ended: app STOPPED id digest exit 143",
            ],
            agent.Story(n)));
        Assert.Equal(200, agent.Runtime.Calls.Count(c => c.Operation == RuntimeOperation.CreateContainer));
        Assert.Equal(200, agent.Runtime.Calls.Count(c => c.Operation == RuntimeOperation.StartContainer));
    }
}
