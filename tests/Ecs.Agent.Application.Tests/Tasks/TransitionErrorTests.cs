using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Domain.Reporting;
using Ecs.Agent.Testing;
using static Ecs.Agent.Application.Tests.TestAgent;

namespace Ecs.Agent.Application.Tests.Tasks;

/// <summary>Each transition that can fail, under each pull behaviour: what the control plane is told last of the container.</summary>
public sealed class TransitionErrorTests
{
    /// <summary>
    /// What fails, under which behaviour, whether the image is here; then how it ends, and whether with an id and with pull times.
    /// </summary>
    public static TheoryData<RuntimeOperation, ImagePullBehavior, bool, ReportedStatus, bool, bool> Failures { get; } = new()
    {
        { RuntimeOperation.ResolveDigest, ImagePullBehavior.Default, true, ReportedStatus.Running, true, true },
        { RuntimeOperation.ResolveDigest, ImagePullBehavior.Default, false, ReportedStatus.Running, true, true },
        { RuntimeOperation.ResolveDigest, ImagePullBehavior.PreferCached, false, ReportedStatus.Running, true, true },
        { RuntimeOperation.ResolveDigest, ImagePullBehavior.Always, true, ReportedStatus.Stopped, false, false },
        { RuntimeOperation.ResolveDigest, ImagePullBehavior.Once, true, ReportedStatus.Stopped, false, false },
        { RuntimeOperation.PullImage, ImagePullBehavior.Default, true, ReportedStatus.Running, true, true },
        { RuntimeOperation.PullImage, ImagePullBehavior.Always, true, ReportedStatus.Stopped, false, true },
        { RuntimeOperation.PullImage, ImagePullBehavior.Once, true, ReportedStatus.Stopped, false, true },
        { RuntimeOperation.CreateContainer, ImagePullBehavior.Default, true, ReportedStatus.Stopped, false, true },
        { RuntimeOperation.CreateContainer, ImagePullBehavior.Always, true, ReportedStatus.Stopped, false, true },
        { RuntimeOperation.CreateContainer, ImagePullBehavior.PreferCached, true, ReportedStatus.Stopped, false, false },
        { RuntimeOperation.StartContainer, ImagePullBehavior.Default, true, ReportedStatus.Stopped, true, true },
        { RuntimeOperation.StartContainer, ImagePullBehavior.Once, true, ReportedStatus.Stopped, true, true },
        { RuntimeOperation.StartContainer, ImagePullBehavior.PreferCached, true, ReportedStatus.Stopped, true, false },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Transition_ThatFails_GoesOnOrEndsTheTask(
        RuntimeOperation operation, ImagePullBehavior behavior, bool isHere, ReportedStatus status, bool hasId, bool pulled)
    {
        foreach (var essential in (bool[])[true, false])
        {
            await using var agent = await StartAsync(Options with { ImagePullBehavior = behavior });
            if (isHere)
            {
                agent.Runtime.AddImage("repo/app:1");
            }

            agent.Runtime.Fail(operation, "TheError", "the text");
            await agent.RunAsync(Definition(Container("app", essential)));
            await agent.ControlPlane.WaitForAsync(c => c.Reports.Any(r => r.Status == status), agent.Patience);

            var report = agent.ControlPlane.Reports[^1];
            var app = report.Containers.Last(c => c.ContainerName == "app");
            Assert.Equal((status, "", "TheError: the text", null), (app.Status, report.Reason, app.Reason, app.ExitCode));
            Assert.Equal(hasId, app.RuntimeId is not null);
            Assert.Equal((pulled, pulled), (report.PullStartedAt is not null, report.PullStoppedAt is not null));
            Assert.Equal(essential && status == ReportedStatus.Stopped, report.ExecutionStoppedAt is not null);
        }
    }

    /// <summary>The second error of a container never replaces the first, whichever two they are.</summary>
    [Theory]
    [InlineData(RuntimeOperation.ResolveDigest, RuntimeOperation.PullImage)]
    [InlineData(RuntimeOperation.ResolveDigest, RuntimeOperation.CreateContainer)]
    [InlineData(RuntimeOperation.ResolveDigest, RuntimeOperation.StartContainer)]
    [InlineData(RuntimeOperation.PullImage, RuntimeOperation.CreateContainer)]
    [InlineData(RuntimeOperation.PullImage, RuntimeOperation.StartContainer)]
    public async Task Transitions_ThatBothFail_ShowTheFirstError(RuntimeOperation first, RuntimeOperation second)
    {
        await using var agent = await StartAsync();
        agent.Runtime.AddImage("repo/app:1");
        agent.Runtime.Fail(first, "FirstError", "text");
        agent.Runtime.Fail(second, "SecondError", "text");

        await agent.RunAsync(Definition(Container("app")));
        await agent.ControlPlane.WaitForAsync(c => c.Reports.Any(r => r.Status != ReportedStatus.Pending), agent.Patience);

        Assert.Equal("FirstError: text", agent.ControlPlane.Reports[^1].Containers[^1].Reason);
    }
}
