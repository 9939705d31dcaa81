using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Testing;
using static Ecs.Agent.Application.Tests.TestAgent;

namespace Ecs.Agent.Application.Tests.Tasks;

public sealed class ContainerFailureTests
{
    [Fact]
    public async Task Create_Fails_IsReportedWithItsReasonAndWithoutId()
    {
        await using var agent = await StartAsync();
        agent.Runtime.Fail(
            RuntimeOperation.CreateContainer,
            "CannotCreateContainerError",
            "Error response from daemon: Minimum memory limit allowed is 6MB");

        await agent.RunAsync(Definition(Container("app")));
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        Assert.Equal(
            [
                "PENDING: app PENDING digest",
                "STOPPED pulled ended: app STOPPED digest "
                + "\"CannotCreateContainerError: Error response from daemon: Minimum memory limit allowed is 6MB\"",
            ],
            agent.Story());
        Assert.Single(agent.Runtime.Calls, c => c.Operation == RuntimeOperation.CreateContainer);
    }

    [Fact]
    public async Task Start_Fails_IsReportedWithItsReasonAndItsId()
    {
        await using var agent = await StartAsync();
        agent.Runtime.Fail(
            RuntimeOperation.StartContainer, "CannotStartContainerError", "Error response from daemon: exec: \"x\": not found",
            container: "app");

        await agent.RunAsync(Definition(Container("app"), Container("side", false)));
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        var app = agent.ControlPlane.Reports[^1].Containers.Single(c => c.ContainerName == "app");
        Assert.Equal("CannotStartContainerError: Error response from daemon: exec: \"x\": not found", app.Reason);
        Assert.Equal((true, null), (app.RuntimeId is not null, app.ExitCode));
    }

    [Theory]
    [InlineData("DockerTimeoutError", RuntimeFailureKind.TimedOut)]
    [InlineData("CannotStartContainerError", RuntimeFailureKind.Temporary)]
    [InlineData("CannotInspectContainerError", RuntimeFailureKind.Permanent)]
    public async Task Start_WithoutAnswerThatHappenedAllTheSame_LeavesNothingRunning(string error, RuntimeFailureKind kind)
    {
        await using var agent = await StartAsync();
        agent.Runtime.Fail(RuntimeOperation.StartContainer, error, "EOF", kind, afterEffect: true);

        await agent.RunAsync(Definition(Container("app") with { StopTimeout = TimeSpan.FromSeconds(4) }));
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        Assert.Equal($"STOPPED pulled ended: app STOPPED id digest \"{error}: EOF\"", agent.Story()[^1]);
        Assert.Equal(ObservedState.Stopped, agent.Docker("app").State);
        Assert.Equal(TimeSpan.FromSeconds(4), agent.Runtime.Calls.Single(c => c.Operation == RuntimeOperation.StopContainer).GracePeriod);
    }

    [Fact]
    public async Task Start_WithoutAnswerAndAStopThatFailsToo_IsNotReportedBeforeNothingRuns()
    {
        await using var agent = await StartAsync();
        agent.Runtime.Fail(RuntimeOperation.StartContainer, "DockerTimeoutError", "slow", RuntimeFailureKind.TimedOut, afterEffect: true);
        agent.Runtime.Fail(RuntimeOperation.StopContainer, "CannotStopContainerError", "busy", RuntimeFailureKind.Temporary);

        await agent.RunAsync(Definition(Container("app")));
        await agent.UntilRuntimeAsync(r => r.Calls.Any(c => c.Operation == RuntimeOperation.StopContainer));
        Assert.NotEqual(EcsTaskStatus.Stopped, agent.Directory.Find(Arn())!.Known);
        await agent.Clock.PassAsync(TimeSpan.FromSeconds(2), agent.Patience);
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        Assert.Equal(ObservedState.Stopped, agent.Docker("app").State);
    }

    [Fact]
    public async Task Create_WithoutAnswerThatHappenedAllTheSame_IsRemovedByCleanUp()
    {
        await using var agent = await StartAsync();
        agent.Runtime.Fail(RuntimeOperation.CreateContainer, "DockerTimeoutError", "slow", RuntimeFailureKind.TimedOut, afterEffect: true);
        await agent.RunAsync(Definition(Container("app")));
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);
        Assert.Single(agent.Runtime.Containers);

        await agent.CleanUpAsync();

        await agent.UntilRuntimeAsync(r => r.Containers.IsEmpty);
    }

    [Theory]
    [InlineData(RuntimeOperation.ResolveDigest)]
    [InlineData(RuntimeOperation.PullImage)]
    [InlineData(RuntimeOperation.CreateVolume)]
    [InlineData(RuntimeOperation.FindImage)]
    [InlineData(RuntimeOperation.CreateContainer)]
    [InlineData(RuntimeOperation.StartContainer)]
    public async Task Docker_UnreachableForAWhile_DelaysAndFailsNothing(RuntimeOperation operation)
    {
        await using var agent = await StartAsync();
        agent.Runtime.Fail(operation, "AnyError", "Cannot connect to the Docker daemon", RuntimeFailureKind.Unreachable, times: 2);

        await agent.RunAsync(Definition(Container("app") with { MountPoints = [new("data", "/data", false)] }) with
        {
            Volumes = [new TaskVolume.TaskScoped { Name = "data", DockerName = "ecs-web-3-data-1" }],
        });
        await agent.Clock.PassAsync(TimeSpan.FromSeconds(2), agent.Patience);
        await agent.UntilRuntimeAsync(r => r.Calls.Count(c => c.Operation == operation) == 2);
        await agent.Clock.PassAsync(TimeSpan.FromSeconds(2), agent.Patience);
        await agent.UntilReportedAsync(EcsTaskStatus.Running);

        Assert.Equal("RUNNING pulled: app RUNNING id digest", agent.Story()[^1]);
        Assert.Equal(3, agent.Runtime.Calls.Count(c => c.Operation == operation));
        Assert.Equal(1, agent.Docker("app").Starts);
    }

    [Fact]
    public async Task Docker_GoneDuringAStartThatHappened_ReportsARunThenStopsIt()
    {
        await using var agent = await StartAsync();
        agent.Runtime.Fail(RuntimeOperation.StartContainer, "AnyError", "EOF", RuntimeFailureKind.Unreachable, afterEffect: true);
        await agent.RunAsync(Definition(Container("app")));
        await agent.UntilRuntimeAsync(r => r.Calls.Any(c => c.Operation == RuntimeOperation.StartContainer));

        // A stop that took the container for never started would leave it running.
        await agent.StopAsync();
        await agent.UntilAsync(t => t.Desired == EcsTaskStatus.Stopped);
        await agent.Clock.PassAsync(TimeSpan.FromSeconds(2), agent.Patience);
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        Assert.Equal(ObservedState.Stopped, agent.Docker("app").State);
        Assert.Equal("STOPPED pulled ended: app STOPPED id digest exit 143", agent.Story()[^1]);
        Assert.Equal(1, agent.Docker("app").Starts);
    }

    [Fact]
    public async Task Docker_UnreachableWhileItShouldLook_IsAskedAgain()
    {
        await using var agent = await StartAsync();
        await agent.RunAsync(Definition(Container("app")));
        await agent.UntilReportedAsync(EcsTaskStatus.Running);

        agent.Runtime.Unreachable = true;
        agent.Exit("app", 1);
        await agent.Clock.UntilSetAsync(TimeSpan.FromSeconds(2), agent.Patience);
        Assert.Equal(EcsTaskStatus.Running, agent.Directory.Find(Arn())!.Known);
        agent.Runtime.Unreachable = false;
        await agent.Clock.PassAsync(TimeSpan.FromSeconds(2), agent.Patience);
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        Assert.Equal("STOPPED pulled ended: app STOPPED id digest exit 1", agent.Story()[^1]);
    }

    [Fact]
    public async Task Event_ThatGotLost_IsRepairedByTheResync()
    {
        await using var agent = await StartAsync();
        await agent.RunAsync(Definition(Container("app")));
        await agent.UntilReportedAsync(EcsTaskStatus.Running);

        agent.Exit("app", 1, silently: true);
        agent.Runtime.Resync();
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);
    }

    [Fact]
    public async Task Event_ThatGotLost_IsRepairedByTheLookOfTheSteadyState()
    {
        await using var agent = await StartAsync();
        await agent.RunAsync(Definition(Container("app")));
        await agent.UntilReportedAsync(EcsTaskStatus.Running);

        agent.Exit("app", 1, silently: true);
        await agent.Clock.PassAsync(TimeSpan.FromMinutes(5), agent.Patience);
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);
    }

    [Fact]
    public async Task Event_WhileALookIsInFlight_IsNotLost()
    {
        await using var agent = await StartAsync();
        await agent.RunAsync(Definition(Container("app")));
        await agent.UntilReportedAsync(EcsTaskStatus.Running);
        using var look = agent.Runtime.Hold(RuntimeOperation.InspectContainer);
        agent.Runtime.Resync();
        await look.Reached;

        // Everything happens within one tick of the clock; this look is answered with the end, later ones must still be made.
        agent.Runtime.SetHealth(agent.Docker("app").DockerName, HealthStatus.Unhealthy);
        agent.Exit("app", 1);
        look.Release();

        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);
    }

    [Fact]
    public async Task Events_OfStrangers_AreIgnored()
    {
        await using var agent = await StartAsync();
        await agent.RunAsync(Definition(Container("app")));
        await agent.UntilReportedAsync(EcsTaskStatus.Running);

        agent.Runtime.Publish(new RuntimeEvent.Ended("somebody-else"));
        agent.Exit("app", 0);
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        Assert.Single(agent.Runtime.Calls, c => c.Operation == RuntimeOperation.InspectContainer);
    }

    [Fact]
    public async Task Health_ThatChanges_IsKnownWithoutTheNextReport()
    {
        await using var agent = await StartAsync();
        await agent.RunAsync(Definition(Container("app") with { HasHealthCheck = true }));
        await agent.UntilReportedAsync(EcsTaskStatus.Running);

        agent.Runtime.SetHealth(agent.Docker("app").DockerName, HealthStatus.Unhealthy);
        await agent.UntilAsync(t => t.Find("app")!.Health == HealthStatus.Unhealthy);

        Assert.Equal(2, agent.ControlPlane.Reports.Count);
    }

    [Fact]
    public async Task Container_StartedBehindTheAgentsBackAfterItsEnd_IsStoppedEachTimeAndReportedNoMore()
    {
        await using var agent = await StartAsync();
        await agent.RunAsync(Definition(Container("app") with { StopTimeout = TimeSpan.FromSeconds(7) }));
        await agent.UntilReportedAsync(EcsTaskStatus.Running);
        agent.Clock.Advance(TimeSpan.FromSeconds(1));
        agent.Exit("app", 0);
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        for (var round = 1; round <= 2; round++)
        {
            agent.Clock.Advance(TimeSpan.FromSeconds(1));
            agent.Runtime.StartAgain(agent.Docker("app").DockerName);
            await agent.UntilRuntimeAsync(r => r.Calls.Count(c => c.Operation == RuntimeOperation.StopContainer) == round);
            await agent.UntilAsync(t => !t.Find("app")!.StartedAgain);
            Assert.Equal(ObservedState.Stopped, agent.Docker("app").State);
        }

        Assert.Equal(3, agent.ControlPlane.Attempts.Count);
        Assert.Equal(0, agent.Directory.Find(Arn())!.Find("app")!.ExitCode);
    }
}
