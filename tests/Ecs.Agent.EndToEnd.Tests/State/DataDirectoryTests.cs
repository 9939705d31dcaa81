using Ecs.Agent.EndToEnd.Tests.Processes;
using Ecs.Agent.EndToEnd.Tests.Stack;
using Ecs.Agent.EndToEnd.Tests.TaskEngine;

namespace Ecs.Agent.EndToEnd.Tests.State;

/// <summary>What becomes of tasks when the agent's data directory cannot be used: of those that run, nothing.</summary>
public sealed class DataDirectoryTests
{
    private static readonly string Containers = $$"""[{"name":"main", {{Scripts.UntilTerm}} }]""";

    [Fact]
    public async Task Disk_ThatFillsUp_LetsTasksRunAndStopAndHearsOfItOnceThereIsRoom()
    {
        await using var disk = await SmallDisk.MountAsync();
        await using var agent = await WatchedAgent.StartAsync(
            Engine.Shared, new Dictionary<string, string?> { ["ECS_DATADIR"] = disk.Path, ["ECS_CHECKPOINT"] = "true" });
        var stopped = await agent.RunAsync("e2e-full", Containers);
        var running = await agent.RunAsync("e2e-full");
        await stopped.UntilAsync("RUNNING");
        await running.UntilAsync("RUNNING");
        var container = await stopped.RuntimeIdAsync("main");

        disk.Fill();
        await stopped.StopAsync();
        await Eventually.IsTrueAsync(async () => !await RunsAsync(agent, container), () => $"It is not stopped:\n{agent.Process.Output}");
        await agent.Process.LineAsync("The agent's state cannot be saved: the disk of");

        Assert.Equal(["RUNNING: main RUNNING"], stopped.Story);
        Assert.True(await RunsAsync(agent, await running.RuntimeIdAsync("main")));

        disk.MakeRoom();
        await stopped.UntilAsync("STOPPED");
        Assert.Equal(["RUNNING: main RUNNING", "STOPPED: main STOPPED 0"], stopped.Story);
        var later = await agent.RunAsync("e2e-full");
        await later.UntilAsync("RUNNING");
        Assert.Equal(["RUNNING: main RUNNING"], running.Story);
        Assert.Equal(1, agent.Process.Output.Split("The agent's state cannot be saved: the disk of").Length - 1);
    }

    [Fact]
    public async Task Disk_ThatTurnsReadOnly_LetsTasksRunAndStopAndHearsOfItOnceThereIsAnother()
    {
        Assert.SkipUnless(FailingDisk.IsPossible, FailingDisk.Needs);
        await using var disk = await FailingDisk.MountAsync();
        await using var agent = await WatchedAgent.StartAsync(
            Engine.Shared, new Dictionary<string, string?> { ["ECS_DATADIR"] = disk.Path, ["ECS_CHECKPOINT"] = "true" });
        var stopped = await agent.RunAsync("e2e-readonly", Containers);
        var running = await agent.RunAsync("e2e-readonly");
        await stopped.UntilAsync("RUNNING");
        await running.UntilAsync("RUNNING");
        var container = await stopped.RuntimeIdAsync("main");

        disk.Fail();
        await stopped.StopAsync();
        await Eventually.IsTrueAsync(async () => !await RunsAsync(agent, container), () => $"It is not stopped:\n{agent.Process.Output}");
        await agent.Process.LineAsync("Check its owner, its mode and whether its disk is mounted read-only");

        Assert.Equal(["RUNNING: main RUNNING"], stopped.Story);
        Assert.True(await RunsAsync(agent, await running.RuntimeIdAsync("main")));

        await disk.ReplaceAsync();
        await stopped.UntilAsync("STOPPED");
        Assert.Equal(["RUNNING: main RUNNING", "STOPPED: main STOPPED 0"], stopped.Story);
        var later = await agent.RunAsync("e2e-readonly");
        await later.UntilAsync("RUNNING");
        Assert.Equal(["RUNNING: main RUNNING"], running.Story);
        await agent.Process.LineAsync("The agent's state can be saved again");
        Assert.True(File.Exists(Path.Combine(disk.Path, "state.key")));
    }

    [Fact]
    public async Task Agent_OnAReadOnlyDisk_DoesNotStartAndSaysWhy()
    {
        await using var disk = await SmallDisk.MountAsync();
        await disk.RemountAsync("ro");

        Assert.Contains("cannot be written", await RefusalAsync(disk.Path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Agent_OnAFullDisk_DoesNotStartAndSaysWhy()
    {
        await using var disk = await SmallDisk.MountAsync();
        disk.Fill();

        Assert.Contains("is full", await RefusalAsync(disk.Path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Agent_WithoutItsDirectory_DoesNotStartAndSaysWhatToDo() => Assert.Contains(
        "does not exist. Create it, or set ECS_CHECKPOINT=false to keep no state.", await RefusalAsync("/nonexistent/ecs"), StringComparison.Ordinal);

    [Fact]
    public async Task Agent_OnADirectoryInUse_DoesNotStartAndSaysWhoHasIt()
    {
        var path = Directory.CreateTempSubdirectory("ecs-agent-shared-").FullName;
        await using (var agent = await WatchedAgent.StartAsync(
            Engine.Shared, new Dictionary<string, string?> { ["ECS_DATADIR"] = path, ["ECS_CHECKPOINT"] = "true" }))
        {
            Assert.Contains(
                $"is in use by another agent (process {agent.Process.Id})", await RefusalAsync(path), StringComparison.Ordinal);
        }

        Directory.Delete(path, recursive: true);
    }

    private static async Task<bool> RunsAsync(WatchedAgent agent, string container) =>
        (bool?)(await agent.Engine.InspectAsync(container))["State"]!["Running"] == true;

    /// <summary>What an agent on that directory prints before it ends with 1.</summary>
    private static async Task<string> RefusalAsync(string dataDirectory)
    {
        await using var agent = RunningProcess.Start(TestSettings.Binary, ["run"], new Dictionary<string, string?>
        {
            ["DOCKER_HOST"] = TestSettings.DockerHost,
            ["ECS_DATADIR"] = dataDirectory,
            ["ECS_CHECKPOINT"] = "true",
            ["ECS_BACKEND_HOST"] = "http://127.0.0.1:1",
            ["ECS_EXTERNAL"] = "true",
            ["AWS_DEFAULT_REGION"] = "us-east-1",
            ["AWS_ACCESS_KEY_ID"] = "local",
            ["AWS_SECRET_ACCESS_KEY"] = "local",
        });

        Assert.Equal(1, await agent.ExitAsync());
        return agent.Output;
    }
}
