using Ecs.Agent.Application.ControlPlane;
using Ecs.Agent.Application.Tasks.Reporting;
using Ecs.Agent.Domain.Reporting;
using Ecs.Agent.Domain.Tasks;
using static Ecs.Agent.Application.Tests.TestAgent;

namespace Ecs.Agent.Application.Tests.Tasks;

public sealed class ReportingTests
{
    [Fact]
    public async Task Report_ThatFails_IsTriedAgainAfterAGrowingWait()
    {
        await using var agent = await StartAsync();
        agent.ControlPlane.FailNext(2);

        await agent.RunAsync(Definition(Container("app") with { Image = "repo/app@sha256:a" }));
        await agent.Clock.PassAsync(TimeSpan.FromSeconds(1), agent.Patience);
        await agent.ControlPlane.WaitForAsync(c => c.Attempts.Count == 2, agent.Patience);
        await agent.Clock.PassAsync(TimeSpan.FromSeconds(1.3), agent.Patience);
        await agent.UntilReportedAsync(EcsTaskStatus.Running);

        Assert.Equal(3, agent.ControlPlane.Attempts.Count);
        Assert.Single(agent.ControlPlane.Reports);
    }

    [Fact]
    public async Task Report_ThatFailed_IsMadeAnewFromWhatIsTrueByThen()
    {
        await using var agent = await StartAsync();
        agent.ControlPlane.FailNext(1);
        using var start = agent.Runtime.Hold(Testing.RuntimeOperation.StartContainer);
        await agent.RunAsync(Definition(Container("app")));
        await start.Reached;
        await agent.ControlPlane.WaitForAsync(c => c.Attempts.Count == 1, agent.Patience);
        start.Release();
        await agent.UntilKnownAsync(EcsTaskStatus.Running);

        await agent.Clock.PassAsync(TimeSpan.FromSeconds(1), agent.Patience);
        await agent.UntilReportedAsync(EcsTaskStatus.Running);

        Assert.Equal([ReportedStatus.Pending, ReportedStatus.Running], agent.ControlPlane.Attempts.Select(r => r.Status));
        Assert.Equal(["RUNNING pulled: app RUNNING id digest"], agent.Story());
    }

    [Fact]
    public async Task Report_ThatIsRefused_IsDroppedAndTheNextOneGoes()
    {
        await using var agent = await StartAsync();
        agent.ControlPlane.FailNext(1, ControlPlaneFailureKind.Refused);

        await agent.RunAsync(Definition(Container("app")));
        await agent.UntilReportedAsync(EcsTaskStatus.Running);

        Assert.Equal(["RUNNING pulled: app RUNNING id digest"], agent.Story());
        Assert.Equal(2, agent.ControlPlane.Attempts.Count);
    }

    [Fact]
    public async Task Reports_OfOneTask_GoOneAfterTheOther()
    {
        await using var agent = await StartAsync();
        agent.Runtime.ExitOnStart = _ => 0;
        agent.ControlPlane.Hold();
        await agent.RunAsync(Definition(Container("app")));
        await agent.UntilKnownAsync(EcsTaskStatus.Stopped);
        Assert.Equal(ReportedStatus.Pending, Assert.Single(agent.ControlPlane.Attempts).Status);

        agent.ControlPlane.Release();
        await agent.UntilReportedAsync(EcsTaskStatus.Stopped);

        Assert.Equal(
            [ReportedStatus.Pending, ReportedStatus.Running, ReportedStatus.Stopped], agent.ControlPlane.Reports.Select(r => r.Status));
    }

    [Fact]
    public async Task Reports_OfManyTasks_AreSubmittedTenAtATime()
    {
        await using var agent = await StartAsync();
        agent.ControlPlane.Hold();
        await agent.RunAsync([.. Enumerable.Range(1, 15).Select(n => Definition(n, Container("app")))]);
        foreach (var n in Enumerable.Range(1, 15))
        {
            await agent.UntilKnownAsync(EcsTaskStatus.Running, n);
        }

        await agent.ControlPlane.WaitForAsync(c => c.Attempts.Count == 10, agent.Patience);
        agent.ControlPlane.Release();
        foreach (var n in Enumerable.Range(1, 15))
        {
            await agent.UntilReportedAsync(EcsTaskStatus.Running, n);
        }

        Assert.All(Enumerable.Range(1, 15), n => Assert.Equal(2, agent.Story(n).Length));
    }

    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(2, 0, 1.3)]
    [InlineData(3, 0, 1.69)]
    [InlineData(1, 0.5, 1.1)]
    [InlineData(14, 0, 30)]
    [InlineData(100_000, 1, 36)]
    public void BackOff_AfterSoManyFailures_GrowsToThirtySeconds(int failures, double fraction, double seconds) =>
        Assert.Equal(seconds, ReportSubmitter.BackOff(failures, fraction).TotalSeconds, 6);
}
