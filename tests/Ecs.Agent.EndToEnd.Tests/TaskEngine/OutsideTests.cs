using Ecs.Agent.EndToEnd.Tests.Stack;

namespace Ecs.Agent.EndToEnd.Tests.TaskEngine;

/// <summary>What others do to containers behind the agent's back is noticed at once and told as it is.</summary>
public sealed class OutsideTests(SharedAgent shared)
{
    private static readonly string Pair =
        $$"""[{"name":"main", {{Scripts.UntilTerm}} }, {"name":"side","essential":false, {{Scripts.UntilTerm}} }]""";

    [Theory]
    [InlineData("kill", 137)]
    [InlineData("stop", 0)]
    [InlineData("rm", 137)]
    public async Task EssentialContainer_EndedFromOutside_StopsTheTask(string command, int exitCode)
    {
        var agent = await shared.Agent;
        var task = await agent.RunAsync($"e2e-essential-{command}", Pair);
        await task.UntilAsync("RUNNING");

        await agent.Engine.CallAsync(Command(command, await task.RuntimeIdAsync("main")));
        var stopped = await task.UntilAsync("STOPPED");

        Assert.Equal("EssentialContainerExited", (string?)stopped["stopCode"]);
        Assert.Equal(["RUNNING: main RUNNING, side RUNNING", $"STOPPED: main STOPPED {exitCode}, side STOPPED 0"], task.Story);
    }

    [Theory]
    [InlineData("kill", 137)]
    [InlineData("stop", 0)]
    [InlineData("rm", 137)]
    public async Task OtherContainer_EndedFromOutside_IsReportedAndTheTaskRunsOn(string command, int exitCode)
    {
        var agent = await shared.Agent;
        var task = await agent.RunAsync($"e2e-other-{command}", Pair);
        await task.UntilAsync("RUNNING");

        await agent.Engine.CallAsync(Command(command, await task.RuntimeIdAsync("side")));
        var running = await task.UntilAsync("side", "STOPPED");

        Assert.Equal("RUNNING", (string?)running["lastStatus"]);
        Assert.Equal(["RUNNING: main RUNNING, side RUNNING", $"RUNNING: side STOPPED {exitCode}"], task.Story);
        await task.StopAsync();
        await task.UntilAsync("STOPPED");
        Assert.Equal("STOPPED: main STOPPED 0", task.Story[^1]);
    }

    [Fact]
    public async Task Container_KilledForItsMemory_SaysSo()
    {
        var agent = await shared.Agent;
        var task = await agent.RunAsync("e2e-memory", """[{"name":"main","memory":16,"command":["tail","/dev/zero"]}]""");

        var stopped = await task.UntilAsync("STOPPED");

        const string reason = "OutOfMemoryError: Container killed due to memory usage";
        Assert.EndsWith($"main STOPPED 137 \"{reason}\"", task.Story[^1], StringComparison.Ordinal);
        Assert.Equal(reason, (string?)WatchedTask.ContainerOf(stopped, "main")["reason"]);
    }

    private static string[] Command(string command, string runtimeId) =>
        command == "rm" ? ["rm", "--force", runtimeId] : [command, runtimeId];
}
