using Ecs.Agent.EndToEnd.Tests.Stack;

namespace Ecs.Agent.EndToEnd.Tests.TaskEngine;

/// <summary>
/// The Docker daemon is restarted, or crashes, and takes its containers with it: they are reported as they ended, once it can be asked.
/// </summary>
public sealed class DaemonRestartTests
{
    private static readonly string Containers =
        $$"""[{"name":"main", {{Scripts.UntilTerm}} }, {"name":"side","essential":false, {{Scripts.UntilTerm}} }]""";

    [Theory]
    [InlineData("TERM")]
    [InlineData("KILL")]
    public async Task Tasks_ThatTheDaemonTakesAlong_EndTruthfully(string signal)
    {
        await using var daemon = await OwnDaemon.StartAsync(liveRestore: false);
        await using var agent = await WatchedAgent.StartAsync(daemon.Engine);
        var task = await agent.RunAsync("e2e-daemon", Containers);
        await task.UntilAsync("RUNNING");

        await daemon.RestartAsync(signal);
        var stopped = await task.UntilAsync("STOPPED");

        foreach (var name in new[] { "main", "side" })
        {
            var container = WatchedTask.ContainerOf(stopped, name);
            var inDocker = (await daemon.Engine.InspectAsync((string)container["runtimeId"]!))["State"]!;
            Assert.False((bool)inDocker["Running"]!);
            Assert.Equal((int)inDocker["ExitCode"]!, (int?)container["exitCode"]);
        }

        Assert.Equal("RUNNING: main RUNNING, side RUNNING", task.Story[0]);
        Assert.StartsWith("STOPPED: main STOPPED ", task.Story[^1], StringComparison.Ordinal);
        var later = await agent.RunAsync("e2e-daemon");
        await later.UntilAsync("RUNNING");
        await later.StopAsync();
        await later.UntilAsync("STOPPED");
        Assert.Equal(["RUNNING: main RUNNING, side RUNNING", "STOPPED: main STOPPED 0, side STOPPED 0"], later.Story);
    }
}
