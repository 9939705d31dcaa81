using System.Globalization;
using Ecs.Agent.EndToEnd.Tests.Stack;

namespace Ecs.Agent.EndToEnd.Tests.TaskEngine;

/// <summary>A task that fails as soon as it has started, started again and again as a service would.</summary>
public sealed class CrashLoopTests
{
    private const int Rounds = 5;
    private const int TasksPerRound = 4;

    [Fact]
    public async Task TaskThatAlwaysFails_StartedAgainAndAgain_LeavesNothingBehind()
    {
        await using var agent = await WatchedAgent.StartAsync(
            Engine.Shared, new Dictionary<string, string?> { ["ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION"] = "1s" });
        await agent.RegisterAsync("e2e-crash", $$"""[{"name":"main", {{Scripts.Marking("exit 1")}}, "mountPoints":[]}]""");

        // What the runtime opens at its first use of things is not counted.
        await CrashAsync(agent);
        await CleanedUpAsync(agent);
        var handles = Handles(agent);
        for (var round = 0; round < Rounds; round++)
        {
            await CrashAsync(agent);
        }

        await CleanedUpAsync(agent);
        Assert.False(agent.Process.HasExited);
        Assert.InRange(Handles(agent), 0, handles + TasksPerRound);
    }

    private static async Task CrashAsync(WatchedAgent agent)
    {
        var tasks = await Task.WhenAll(Enumerable.Range(0, TasksPerRound).Select(_ => agent.RunAsync("e2e-crash")));
        foreach (var task in tasks)
        {
            await task.UntilAsync("STOPPED");
            Assert.EndsWith("STOPPED: main STOPPED 1", string.Join('\n', task.Story.Select(WithoutRunning)), StringComparison.Ordinal);
        }
    }

    /// <summary>Whether RUNNING was told before is a matter of whether the look at the start found it ended.</summary>
    private static string WithoutRunning(string line) => line.Replace("main RUNNING, ", "", StringComparison.Ordinal);

    private static Task CleanedUpAsync(WatchedAgent agent) => Eventually.IsTrueAsync(
        async () => (await agent.Engine.ContainersAsync($"com.amazonaws.ecs.cluster={agent.Cluster}")).Count == 0,
        () => $"Containers are left behind:\n{agent.Process.Output}");

    /// <summary>How many files, sockets and the like the agent has open.</summary>
    private static int Handles(WatchedAgent agent) =>
        Directory.GetFileSystemEntries(string.Create(CultureInfo.InvariantCulture, $"/proc/{agent.Process.Id}/fd")).Length;
}
