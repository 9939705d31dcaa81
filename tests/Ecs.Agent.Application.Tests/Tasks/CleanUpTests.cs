using Ecs.Agent.Application.Checkpoints;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Reporting;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Testing;
using Moq;
using static Ecs.Agent.Application.Tests.TestAgent;

namespace Ecs.Agent.Application.Tests.Tasks;

public sealed class CleanUpTests
{
    [Fact]
    public async Task CleanUp_AfterTheWait_RemovesContainersThenVolumesThenForgetsTheTask()
    {
        var forgotten = new TaskCompletionSource();
        var saved = new Mock<ICheckpointStore>();
        saved.Setup(c => c.LoadAsync(It.IsAny<CancellationToken>())).ReturnsAsync([]);
        saved.Setup(s => s.ForgetAsync(Arn(1), It.IsAny<CancellationToken>())).Callback(forgotten.SetResult);
        await using var agent = await StartAsync(Options, saved.Object);
        await agent.RunAsync(WithVolume());
        await agent.UntilReportedAsync(EcsTaskStatus.Running);
        Assert.Equal(["ecs-web-3-data-1"], agent.Runtime.Volumes);
        agent.Exit("app", 0);
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        await agent.Clock.PassAsync(TimeSpan.FromHours(3), agent.Patience);
        await agent.UntilRuntimeAsync(r => r.Containers.IsEmpty && r.Volumes.IsEmpty);

        Assert.Equal(
            [RuntimeOperation.RemoveContainer, RuntimeOperation.RemoveVolume],
            agent.Runtime.Calls.Select(c => c.Operation).Where(o => o is RuntimeOperation.RemoveContainer or RuntimeOperation.RemoveVolume));
        await forgotten.Task.WaitAsync(agent.Patience);
        await agent.ShutDownAsync();
        Assert.Empty(agent.Directory.All());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(90)]
    public async Task CleanUp_AfterARestart_WaitsOnFromTheOriginalTimeWithTheOriginalJitter(int minutesBefore)
    {
        var options = Options with { TaskCleanupWait = TimeSpan.FromHours(2), TaskCleanupWaitJitter = TimeSpan.FromHours(1) };
        var wait = TimeSpan.FromHours(2 + TaskFraction.Of(Arn()));
        var checkpoints = new InMemoryCheckpointStore();
        var end = new TestClock().GetUtcNow() - TimeSpan.FromMinutes(minutesBefore);
        await checkpoints.SaveAsync(Over(end), TestContext.Current.CancellationToken);
        await using var agent = await StartAsync(options, checkpoints);

        await agent.Clock.UntilSetAsync(end + wait - agent.Clock.GetUtcNow(), agent.Patience);
        agent.Clock.Advance(end + wait - agent.Clock.GetUtcNow() - TimeSpan.FromTicks(1));
        Assert.NotNull(agent.Directory.Find(Arn()));
        agent.Clock.Advance(TimeSpan.FromTicks(1));
        await agent.Directory.ForgottenAsync(Arn(), agent.Patience);
    }

    [Fact]
    public async Task CleanUp_ByCommand_DoesNotWait()
    {
        await using var agent = await StartAsync();
        await agent.RunAsync(Definition(Container("app")));
        await agent.UntilReportedAsync(EcsTaskStatus.Running);
        agent.Exit("app", 0);
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        Assert.True((await agent.CleanUpAsync()).Known);
        await agent.UntilRuntimeAsync(r => r.Containers.IsEmpty);
        Assert.False((await agent.CleanUpAsync(2)).Known);
    }

    [Fact]
    public async Task CleanUp_OfARunningTask_WaitsForItsEndAndForTheControlPlane()
    {
        await using var agent = await StartAsync();
        await agent.RunAsync(Definition(Container("app")));
        await agent.UntilReportedAsync(EcsTaskStatus.Running);
        await agent.CleanUpAsync();
        await agent.UntilAsync(t => t.CleanUpDue);
        agent.ControlPlane.Hold();
        agent.Exit("app", 0);
        await agent.UntilKnownAsync(EcsTaskStatus.Stopped);
        await agent.UntilAsync(t => t.HostResources == HostResourceClaim.Released);
        Assert.Single(agent.Runtime.Containers);

        agent.ControlPlane.Release();

        await agent.UntilRuntimeAsync(r => r.Containers.IsEmpty);
    }

    [Fact]
    public async Task CleanUp_ThatDockerRefuses_IsGivenUp()
    {
        await using var agent = await StartAsync();
        agent.Runtime.Fail(RuntimeOperation.RemoveContainer, "CannotRemoveContainerError", "device or resource busy");
        await EndedAsync(agent);

        await agent.CleanUpAsync();

        await agent.UntilAsync(t => t.Find("app")!.Removed);
        Assert.Single(agent.Runtime.Containers);
    }

    [Theory]
    [InlineData(RuntimeOperation.RemoveContainer)]
    [InlineData(RuntimeOperation.RemoveVolume)]
    public async Task CleanUp_WhileDockerIsUnreachable_IsDoneLater(RuntimeOperation operation)
    {
        await using var agent = await StartAsync();
        agent.Runtime.Fail(operation, "AnyError", "Cannot connect", RuntimeFailureKind.Unreachable);
        await EndedAsync(agent);

        await agent.CleanUpAsync();
        await agent.Clock.PassAsync(TimeSpan.FromSeconds(2), agent.Patience);

        await agent.UntilRuntimeAsync(r => r.Containers.IsEmpty && r.Volumes.IsEmpty);
    }

    [Fact]
    public async Task Volume_ThatCannotBeHad_StopsTheTaskWithItsReason()
    {
        await using var agent = await StartAsync();
        using var pull = agent.Runtime.Hold(RuntimeOperation.ResolveDigest);
        agent.Runtime.Fail(RuntimeOperation.CreateVolume, "CannotCreateVolumeError", "error looking up volume plugin x");

        await agent.RunAsync(WithVolume());
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        Assert.Equal(["STOPPED \"Error looking up volume plugin x\" ended: app STOPPED"], agent.Story());
    }

    [Theory]
    [InlineData("error looking up volume plugin x", "Error looking up volume plugin x")]
    [InlineData("  Error response from daemon:\n\tcreate  v: no  ", "Error response from daemon: create v: no")]
    [InlineData("\u00e9chec", "\u00c9chec")]
    [InlineData(" ", "VolumeError: Agent could not create task's volume resources")]
    public async Task Volume_ThatCannotBeHad_HasItsTextInOneLineWithACapital(string text, string reason)
    {
        await using var agent = await StartAsync();
        agent.Runtime.Fail(RuntimeOperation.CreateVolume, "CannotCreateVolumeError", text);

        await agent.RunAsync(WithVolume());
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        Assert.Equal(reason, agent.ControlPlane.Reports[^1].Reason);
    }

    [Fact]
    public async Task Volume_SharedThatIsNotThere_StopsTheTaskWithTheExactReason()
    {
        await using var agent = await StartAsync();
        using var pull = agent.Runtime.Hold(RuntimeOperation.ResolveDigest);

        await agent.RunAsync(Definition(Container("app") with { MountPoints = [new("data", "/data", false)] }) with
        {
            Volumes = [new TaskVolume.Shared { Name = "data" }],
        });
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        Assert.Equal(
            $"resource cannot be initialized for task {Arn()}: initialize volume: volume detection failed, volume 'data' does not exist and "
            + "autoprovision is set to false: Error response from daemon: get data: no such volume",
            Assert.Single(agent.ControlPlane.Reports).Reason);
    }

    private static async Task EndedAsync(TestAgent agent)
    {
        await agent.RunAsync(WithVolume());
        await agent.UntilReportedAsync(EcsTaskStatus.Running);
        agent.Exit("app", 0);
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);
    }

    /// <summary>A task that was STOPPED, and reported so, at that time.</summary>
    private static EcsTask Over(DateTimeOffset at)
    {
        var stopped = EcsTask.Admit(Definition(Container("app")), () => "0", at)
            .Apply(new TaskEvent.StopRequested(at))
            .Apply(new TaskEvent.NothingToStop(at, "app"))
            .Apply(new TaskEvent.HostResourcesReleased(at));
        return stopped.Apply(new TaskEvent.ReportSettled(at, StateReports.Next(stopped, new PlanningPolicy(), at).Report!));
    }

    private static TaskDefinition WithVolume() => Definition(Container("app") with { MountPoints = [new("data", "/data", false)] }) with
    {
        Volumes = [new TaskVolume.TaskScoped { Name = "data", DockerName = "ecs-web-3-data-1" }],
    };
}
