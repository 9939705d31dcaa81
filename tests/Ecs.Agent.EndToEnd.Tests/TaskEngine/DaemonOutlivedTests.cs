using Ecs.Agent.EndToEnd.Tests.Stack;

namespace Ecs.Agent.EndToEnd.Tests.TaskEngine;

/// <summary>
/// The Docker daemon is restarted, or crashes, with <c>live-restore</c>: containers that outlive it run on, and nothing is said of them.
/// </summary>
public sealed class DaemonOutlivedTests
{
    private static readonly string Containers =
        $$"""[{"name":"main", {{Scripts.UntilTerm}} }, {"name":"side","essential":false, {{Scripts.UntilTerm}} }]""";

    [Theory]
    [InlineData("TERM")]
    [InlineData("KILL")]
    public async Task Tasks_ThatOutliveTheDaemon_RunOn(string signal)
    {
        await using var daemon = await OwnDaemon.StartAsync(liveRestore: true);
        await using var agent = await WatchedAgent.StartAsync(daemon.Engine);
        var task = await agent.RunAsync("e2e-daemon", Containers);
        await task.UntilAsync("RUNNING");

        await daemon.RestartAsync(signal);
        var later = await agent.RunAsync("e2e-daemon");
        await later.UntilAsync("RUNNING");

        Assert.Equal(["RUNNING: main RUNNING, side RUNNING"], task.Story);
        await daemon.Engine.KillAsync(await task.RuntimeIdAsync("main"));
        await task.UntilAsync("STOPPED");
        Assert.Equal("STOPPED: main STOPPED 137, side STOPPED 0", task.Story[^1]);
        await later.StopAsync();
        await later.UntilAsync("STOPPED");
        Assert.Equal(["RUNNING: main RUNNING, side RUNNING", "STOPPED: main STOPPED 0, side STOPPED 0"], later.Story);
    }
}
