using Ecs.Agent.Application.Checkpoints;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Reporting;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Testing;
using static Ecs.Agent.Application.Tests.TestAgent;

namespace Ecs.Agent.Application.Tests.Tasks;

public sealed class ShutdownTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private static AgentOptions Patient { get; } = Options with { ShutdownReportTimeout = Limit };

    [Fact]
    public void ReportTimeout_UnlessConfigured_IsFiveSeconds() =>
        Assert.Equal(Limit, new AgentOptions { Region = "eu-central-1" }.ShutdownReportTimeout);

    [Fact]
    public async Task ShutDown_NothingToTell_DoesNotWaitForTheClock()
    {
        await using var agent = await StartAsync(Patient);
        await agent.RunAsync(Definition(Container("app")));
        await agent.UntilReportedAsync(EcsTaskStatus.Running);

        await agent.ShutDownAsync().WaitAsync(agent.Patience);

        Assert.Equal(2, agent.ControlPlane.Attempts.Count);
        Assert.Equal(ObservedState.Running, agent.Docker("app").State);
    }

    [Fact]
    public async Task ShutDown_NewsThatWouldHaveWaited_IsTold()
    {
        await using var agent = await StartAsync(Patient);
        using var start = agent.Runtime.Hold(RuntimeOperation.StartContainer, "slow");
        await agent.RunAsync(Definition(Container("app"), Container("slow")));
        await start.Reached;
        await agent.UntilAsync(t => t.Find("app")!.Known == ContainerStatus.Running);
        await agent.ControlPlane.WaitForAsync(c => c.Reports.Count == 1, agent.Patience);

        await agent.ShutDownAsync().WaitAsync(agent.Patience);

        Assert.Equal("PENDING: app RUNNING id digest", agent.Story()[^1]);
        Assert.Equal(ContainerStatus.Running, agent.Tasks.Latest[Arn()].Find("app")!.Sent);
    }

    [Fact]
    public async Task ShutDown_ReportOnItsWay_IsAwaitedAndItsAnswerSaved()
    {
        var checkpoints = new InMemoryCheckpointStore();
        await using var agent = await StartAsync(Patient, checkpoints);
        await agent.RunAsync(Definition(Container("app")));
        await agent.UntilReportedAsync(EcsTaskStatus.Running);
        agent.ControlPlane.Hold();
        agent.Exit("app", 3);
        await agent.ControlPlane.WaitForAsync(c => c.Attempts.Count == 3, agent.Patience);

        var ending = agent.ShutDownAsync();
        await agent.Clock.UntilSetAsync(Limit, agent.Patience);
        agent.ControlPlane.Release();
        await ending.WaitAsync(agent.Patience);

        Assert.Equal(ReportedStatus.Stopped, agent.ControlPlane.Reports[^1].Status);
        Assert.Equal(3, agent.ControlPlane.Attempts.Count);
        Assert.Equal(EcsTaskStatus.Stopped, Assert.Single(await checkpoints.LoadAsync(agent.Patience)).Sent);
    }

    [Fact]
    public async Task ShutDown_ReportInItsBackOff_IsTriedAtOnce()
    {
        await using var agent = await StartAsync(Patient);
        await agent.RunAsync(Definition(Container("app")));
        await agent.UntilReportedAsync(EcsTaskStatus.Running);
        agent.ControlPlane.FailNext(1);
        agent.Exit("app", 3);
        await agent.Clock.UntilSetAsync(TimeSpan.FromSeconds(1), agent.Patience);

        await agent.ShutDownAsync().WaitAsync(agent.Patience);

        Assert.Equal(ReportedStatus.Stopped, agent.ControlPlane.Reports[^1].Status);
    }

    [Fact]
    public async Task ShutDown_ControlPlaneThatDoesNotAnswer_EndsAtTheDeadlineAndTheNextLifeTells()
    {
        var checkpoints = new InMemoryCheckpointStore();
        await using (var agent = await StartAsync(Patient, checkpoints))
        {
            await agent.RunAsync(Definition(Container("app")));
            await agent.UntilReportedAsync(EcsTaskStatus.Running);
            agent.ControlPlane.Hold();
            agent.Exit("app", 3);
            await agent.ControlPlane.WaitForAsync(c => c.Attempts.Count == 3, agent.Patience);

            var ending = agent.ShutDownAsync();
            await agent.Clock.UntilSetAsync(Limit, agent.Patience);
            agent.Clock.Advance(Limit - TimeSpan.FromMilliseconds(1));
            Assert.False(ending.IsCompleted);
            agent.Clock.Advance(TimeSpan.FromMilliseconds(1));
            await ending.WaitAsync(agent.Patience);
            Assert.Equal(2, agent.ControlPlane.Reports.Count);
        }

        await using var next = await StartAsync(Patient, checkpoints);
        await next.UntilReportedAsync(EcsTaskStatus.Stopped);

        Assert.Equal(["STOPPED pulled ended: app STOPPED id digest exit 3"], next.Story());
    }

    [Fact]
    public async Task ShutDown_ControlPlaneThatFails_IsTriedAgainWithinTheDeadline()
    {
        await using var agent = await StartAsync(Patient);
        await agent.RunAsync(Definition(Container("app")));
        await agent.UntilReportedAsync(EcsTaskStatus.Running);
        agent.ControlPlane.FailNext(2);
        agent.Exit("app", 3);
        await agent.Clock.UntilSetAsync(TimeSpan.FromSeconds(1), agent.Patience);

        var ending = agent.ShutDownAsync();
        await agent.Clock.PassAsync(TimeSpan.FromSeconds(1.3), agent.Patience);
        await ending.WaitAsync(agent.Patience);

        Assert.Equal(ReportedStatus.Stopped, agent.ControlPlane.Reports[^1].Status);
    }

    [Fact]
    public async Task ShutDown_StartCutShort_ConcludesNothingFromIt()
    {
        var checkpoints = new InMemoryCheckpointStore();
        await using var agent = await StartAsync(Patient, checkpoints);
        using var start = agent.Runtime.Hold(RuntimeOperation.StartContainer, "app");
        await agent.RunAsync(Definition(Container("app")));
        await start.Reached;
        await agent.StopAsync();

        await agent.ShutDownAsync().WaitAsync(agent.Patience);

        var saved = Assert.Single(await checkpoints.LoadAsync(agent.Patience));
        Assert.Equal((EcsTaskStatus.Stopped, ContainerStatus.Created), (saved.Desired, saved.Find("app")!.Known));
        Assert.DoesNotContain(agent.ControlPlane.Reports, r => r.Status == ReportedStatus.Stopped);
    }

    [Fact]
    public async Task ShutDown_AgentThatNeverRegistered_HasNobodyToTell()
    {
        var checkpoints = await WithAStoppedTaskAsync();
        await using var agent = await StartAsync(Patient, checkpoints, register: false);

        await agent.ShutDownAsync().WaitAsync(agent.Patience);

        Assert.Empty(agent.ControlPlane.Attempts);
    }

    [Fact]
    public async Task Restart_NewsFromAnEarlierLife_WaitsForTheRegistration()
    {
        var checkpoints = await WithAStoppedTaskAsync();
        await using var agent = await StartAsync(Patient, checkpoints, register: false);
        await agent.UntilAsync(t => t.Known == EcsTaskStatus.Stopped);
        Assert.Empty(agent.ControlPlane.Attempts);

        await agent.RegisterAsync();
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        Assert.Equal(["STOPPED ended: app STOPPED"], agent.Story());
    }

    [Fact]
    public async Task ShutDown_TaskThatComesLate_IsNotTakenOn()
    {
        await using var agent = await StartAsync(Patient);
        await agent.ShutDownAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => agent.RunAsync(Definition(Container("app"))));

        Assert.Empty(agent.Directory.All());
    }

    private static async Task<InMemoryCheckpointStore> WithAStoppedTaskAsync()
    {
        var checkpoints = new InMemoryCheckpointStore();
        var at = DateTimeOffset.UnixEpoch;
        var task = EcsTask.Admit(Definition(Container("app")), () => "0", at).Apply(new TaskEvent.StopRequested(at));
        await checkpoints.SaveAsync(task, TestContext.Current.CancellationToken);
        return checkpoints;
    }
}
