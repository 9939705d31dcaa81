using System.Globalization;
using Ecs.Agent.EndToEnd.Tests.Processes;
using Ecs.Agent.EndToEnd.Tests.Stack;

namespace Ecs.Agent.EndToEnd.Tests.TaskEngine;

/// <summary>The Docker daemon is restarted while the agent is dead, or the whole machine is: what is said afterwards is true.</summary>
public sealed class DaemonRestartWithoutAgentTests
{
    private static readonly string Containers =
        $$"""[{"name":"main", {{Scripts.UntilTerm}} }, {"name":"side","essential":false, {{Scripts.UntilTerm}} }]""";

    [Fact]
    public async Task Tasks_ThatOutliveDaemonAndAgent_RunOn()
    {
        await using var daemon = await OwnDaemon.StartAsync(liveRestore: true);
        using var state = new StateDirectory();
        await using var agent = await WatchedAgent.StartAsync(daemon.Engine, state.Environment);
        var task = await agent.RunAsync("e2e-away", Containers);
        await task.UntilAsync("RUNNING");

        await agent.EndAsync("KILL");
        await daemon.RestartAsync("TERM");
        await agent.StartAgainAsync();
        await task.StopAsync();
        await task.UntilAsync("STOPPED");

        Assert.Equal(["RUNNING: main RUNNING, side RUNNING", "STOPPED: main STOPPED 0, side STOPPED 0"], task.Story.Distinct());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Tasks_ThatEndedWithTheDaemon_AreReportedAsTheyEnded(bool reboot)
    {
        await using var daemon = await OwnDaemon.StartAsync(liveRestore: false);
        using var state = new StateDirectory();
        await using var agent = await WatchedAgent.StartAsync(daemon.Engine, state.Environment);
        var task = await agent.RunAsync("e2e-away", Containers);
        await task.UntilAsync("RUNNING");
        var processes = await Task.WhenAll(ProcessOfAsync("main"), ProcessOfAsync("side"));

        await agent.EndAsync("KILL");
        await (reboot ? daemon.RestartAsync("KILL", () => CommandLine.RunAsync("kill", ["-KILL", .. processes])) : daemon.RestartAsync("TERM"));
        await agent.StartAgainAsync();
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

        async Task<string> ProcessOfAsync(string name)
        {
            var inDocker = await daemon.Engine.InspectAsync(await task.RuntimeIdAsync(name));
            return ((int)inDocker["State"]!["Pid"]!).ToString(CultureInfo.InvariantCulture);
        }
    }
}
