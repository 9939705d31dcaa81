using Ecs.Agent.EndToEnd.Tests.Processes;
using Ecs.Agent.EndToEnd.Tests.Stack;

namespace Ecs.Agent.EndToEnd.Tests;

/// <summary><c>local up --keep</c>: its tasks outlive it, and it says how to get rid of them.</summary>
public sealed class LocalUpKeepTests
{
    [Fact]
    public async Task Sigterm_WithKeep_LeavesTasksRunningAndSaysHowToRemoveThem()
    {
        var family = $"e2e-keep-{Guid.NewGuid():n}"[..17];
        var label = $"com.amazonaws.ecs.task-definition-family={family}";
        await using var ecs = await LocalEcs.StartAsync(1, environment: null, "--keep");
        await ecs.EcsAsync(
            "register-task-definition", "--family", family, "--container-definitions",
            $$"""[{"name":"main","image":"{{TestSettings.Image}}","memory":16,"command":["sleep","3600"]}]""");
        var run = await ecs.EcsAsync("run-task", "--task-definition", family);
        await ecs.EcsAsync("wait", "tasks-running", "--tasks", (string)run["tasks"]![0]!["taskArn"]!);
        try
        {
            await ecs.Process.SignalAsync("TERM");
            Assert.Equal(0, await ecs.Process.ExitAsync());

            var name = Assert.Single(await Engine.Shared.ContainersAsync(label));
            Assert.True((bool)(await Engine.Shared.InspectAsync(name))["State"]!["Running"]!);
            Assert.Contains("1 task left running", ecs.Process.Output, StringComparison.Ordinal);
            var command = Assert.Single(ecs.Process.Output.Split('\n'), line => line.Contains("docker rm", StringComparison.Ordinal));
            await CommandLine.RunAsync(
                "sh", ["-c", command.TrimStart('!', ' ')], new Dictionary<string, string?> { ["DOCKER_HOST"] = TestSettings.DockerHost });
            Assert.Empty(await Engine.Shared.ContainersAsync(label));
        }
        finally
        {
            await Engine.Shared.RemoveAllAsync(label);
        }
    }
}
