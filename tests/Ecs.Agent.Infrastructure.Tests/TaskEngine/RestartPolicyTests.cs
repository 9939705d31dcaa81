using System.Globalization;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Reporting;

namespace Ecs.Agent.Infrastructure.Tests.TaskEngine;

/// <summary>Restart policies on a real engine: the same container is started again, and nobody is told.</summary>
public sealed class RestartPolicyTests
{
    /// <summary>Counts its runs in a file, which outlives them as the container does.</summary>
    private const string CountsRuns = "n=$(cat /runs 2>/dev/null || echo 0); n=$((n + 1)); echo $n >/runs; ";

    [Fact]
    public async Task Container_UnderARestartPolicy_IsStartedAgainUntilAnExitCodeIsIgnored()
    {
        await using var engine = await EngineOnDocker.StartAsync();
        var arn = await engine.RunAsync(
            CountsRuns + "[ $n -le 3 ] && exit $n; exit 42", new RestartPolicy { Enabled = true, IgnoredExitCodes = [0, 42] });

        var ended = await engine.UntilAsync(arn, container => container.Known == ContainerStatus.Stopped);
        await engine.UntilReportedStoppedAsync(arn);

        Assert.Null(ended.Error?.Reason);
        Assert.Equal((3, 42), (ended.RestartCount, ended.ExitCode));
        Assert.Equal((ReportedStatus.Stopped, 42), engine.Story(arn)[^1]);
        Assert.InRange(engine.Story(arn).Length, 1, 2);
    }

    [Fact]
    public async Task Container_KilledFromOutside_IsStartedAgainWithoutAReport()
    {
        await using var engine = await EngineOnDocker.StartAsync();
        var arn = await engine.RunAsync(CountsRuns + "sleep 3600", new RestartPolicy { Enabled = true });
        var up = await engine.UntilAsync(arn, container => container.Sent == ContainerStatus.Running);

        await engine.Runtime.StopAsync(new ContainerHandle(up.RuntimeId!, up.Definition), TimeSpan.FromSeconds(1), default);
        var again = await engine.UntilAsync(arn, container => container is { RestartCount: 1, RestartDue: false, ExitCode: null });

        Assert.Equal((up.RuntimeId, up.StartedAt), (again.RuntimeId, again.StartedAt));
        Assert.NotNull(again.FinishedAt);
        Assert.NotNull(again.LastRestartAt);
        Assert.Equal([(ReportedStatus.Running, null)], engine.Story(arn));
    }

    [Fact]
    public async Task Container_ThatRanForLessThanTheAttemptPeriod_IsNotStartedAgain()
    {
        await using var engine = await EngineOnDocker.StartAsync();
        var period = TimeSpan.FromSeconds(1);
        var runs = string.Create(CultureInfo.InvariantCulture, $"[ $n -eq 1 ] && sleep {period.TotalSeconds + 0.2}; exit 7");
        var arn = await engine.RunAsync(CountsRuns + runs, new RestartPolicy { Enabled = true, AttemptPeriod = period });

        var ended = await engine.UntilAsync(arn, container => container.Known == ContainerStatus.Stopped);
        await engine.UntilReportedStoppedAsync(arn);

        Assert.Equal((1, 7), (ended.RestartCount, ended.ExitCode));
        Assert.Equal([(ReportedStatus.Running, null), (ReportedStatus.Stopped, 7)], engine.Story(arn));
    }
}
