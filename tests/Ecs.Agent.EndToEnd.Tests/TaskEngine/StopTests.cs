using System.Globalization;
using Ecs.Agent.EndToEnd.Tests.Stack;

namespace Ecs.Agent.EndToEnd.Tests.TaskEngine;

/// <summary>How containers are stopped, as they saw it themselves.</summary>
public sealed class StopTests(SharedAgent shared)
{
    private const double Slack = 1.5;

    [Fact]
    public async Task Containers_ThatIgnoreTerm_AreKilledAfterTheirTimeouts()
    {
        var agent = await shared.Agent;
        var task = await agent.RunAsync("e2e-stubborn", $$"""
            [{"name":"own", {{Scripts.IgnoresTerm}}, "stopTimeout":2}, {"name":"configured", {{Scripts.IgnoresTerm}} }]
            """);
        await task.UntilAsync("RUNNING");
        await task.StopAsync();
        await task.UntilAsync("STOPPED");

        Assert.Equal(["RUNNING: configured RUNNING, own RUNNING", "STOPPED: configured STOPPED 137, own STOPPED 137"], task.Story);
        Assert.InRange(await SurvivalAsync(task, "own"), 2 - Slack, 2 + Slack);
        Assert.InRange(await SurvivalAsync(task, "configured"), SharedAgent.StopTimeout - Slack, SharedAgent.StopTimeout + Slack);
        var apart = await task.TimeAsync("own", "term") - await task.TimeAsync("configured", "term");
        Assert.InRange(Math.Abs(apart), 0, 0.5);
    }

    [Fact]
    public async Task Image_WithStopSignal_GetsThatSignal()
    {
        var agent = await shared.Agent;
        var image = $"ecs-agent-e2e/{agent.Cluster}:usr1";
        var made = (await agent.Engine.CallAsync("create", "--stop-signal", "SIGUSR1", TestSettings.Image)).Trim();
        await agent.Engine.CallAsync("commit", made, image);
        await agent.Engine.CallAsync("rm", made);
        try
        {
            var task = await agent.RunAsync("e2e-signal", $$"""
                [{"name":"main","image":"{{image}}",
                  {{Scripts.Marking("trap 'mark usr1; exit 42' USR1; trap 'mark term; exit 1' TERM; sleep 3600 & wait")}} }]
                """);
            await task.UntilAsync("RUNNING");
            await task.StopAsync();
            await task.UntilAsync("STOPPED");

            Assert.Equal("STOPPED: main STOPPED 42", task.Story[^1]);
            Assert.DoesNotContain("term", await task.LogAsync("main"), StringComparison.Ordinal);
        }
        finally
        {
            await agent.Engine.RemoveAllAsync("com.amazonaws.ecs.task-definition-family=e2e-signal");
            await agent.Engine.CallAsync("rmi", image);
        }
    }

    /// <summary>Seconds from the signal to the last sign of life.</summary>
    private static async Task<double> SurvivalAsync(WatchedTask task, string container)
    {
        var alive = (await task.LogAsync(container)).Split('\n').Last(line => line.StartsWith("alive ", StringComparison.Ordinal));
        return double.Parse(alive["alive ".Length..], CultureInfo.InvariantCulture) - await task.TimeAsync(container, "term");
    }
}
