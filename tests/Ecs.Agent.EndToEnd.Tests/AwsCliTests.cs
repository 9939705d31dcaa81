using System.Text.Json.Nodes;
using Ecs.Agent.EndToEnd.Tests.Stack;

namespace Ecs.Agent.EndToEnd.Tests;

/// <summary>The local control plane as users of ECS know it: through the real AWS CLI.</summary>
public sealed class AwsCliTests
{
    [Fact]
    public async Task Task_FromRegistrationToStopped_IsWhatEcsWouldShow()
    {
        await using var ecs = await LocalEcs.StartAsync();
        var file = WriteDefinition("aws-cli", """trap "exit 0" INT; while true; do sleep 1; done""", stopTimeout: 2);

        var registered = await ecs.EcsAsync("register-task-definition", "--cli-input-json", $"file://{file}");
        Assert.Equal(1, (int)registered["taskDefinition"]!["revision"]!);
        Assert.Equal("ACTIVE", (string?)registered["taskDefinition"]!["status"]);

        var run = await ecs.EcsAsync("run-task", "--task-definition", "aws-cli");
        Assert.Empty(run["failures"]!.AsArray());
        var arn = (string)run["tasks"]![0]!["taskArn"]!;
        Assert.Matches("^arn:aws:ecs:[a-z0-9-]+:[0-9]{12}:task/default/[0-9a-f]{32}$", arn);

        await ecs.EcsAsync("wait", "tasks-running", "--tasks", arn);
        var running = (await ecs.EcsAsync("describe-tasks", "--tasks", arn))["tasks"]![0]!;
        var container = running["containers"]![0]!;
        Assert.Equal("RUNNING", (string?)running["lastStatus"]);
        Assert.Equal("RUNNING", (string?)container["lastStatus"]);
        var binding = Assert.Single(container["networkBindings"]!.AsArray())!;
        Assert.Equal(8080, (int)binding["containerPort"]!);
        Assert.Equal("tcp", (string?)binding["protocol"]);
        var inDocker = await Engine.Shared.InspectAsync((string)container["runtimeId"]!);
        Assert.True((bool)inDocker["State"]!["Running"]!);
        Assert.Equal($"{(int)binding["hostPort"]!}", (string?)inDocker["NetworkSettings"]!["Ports"]!["8080/tcp"]![0]!["HostPort"]);
        Assert.Equal(arn, (string?)inDocker["Config"]!["Labels"]!["com.amazonaws.ecs.task-arn"]);

        await ecs.EcsAsync("stop-task", "--task", arn, "--reason", "seen enough");
        await ecs.EcsAsync("wait", "tasks-stopped", "--tasks", arn);
        var stopped = (await ecs.EcsAsync("describe-tasks", "--tasks", arn))["tasks"]![0]!;
        Assert.Equal("seen enough", (string?)stopped["stoppedReason"]);
        Assert.Equal("UserInitiated", (string?)stopped["stopCode"]);

        // A shell that is its container's first process ignores TERM, so KILL follows after the stop timeout.
        Assert.Equal(137, (int)stopped["containers"]![0]!["exitCode"]!);
        Assert.False((bool)(await Engine.Shared.InspectAsync((string)container["runtimeId"]!))["State"]!["Running"]!);
    }

    [Fact]
    public async Task Task_ThatHandlesTerm_EndsWithItsOwnExitCode()
    {
        await using var ecs = await LocalEcs.StartAsync();
        var file = WriteDefinition("aws-cli-term", """trap "exit 143" TERM; while true; do sleep 0.1; done""", stopTimeout: 30);
        await ecs.EcsAsync("register-task-definition", "--cli-input-json", $"file://{file}");
        var arn = (string)(await ecs.EcsAsync("run-task", "--task-definition", "aws-cli-term"))["tasks"]![0]!["taskArn"]!;
        await ecs.EcsAsync("wait", "tasks-running", "--tasks", arn);

        await ecs.EcsAsync("stop-task", "--task", arn);
        await ecs.EcsAsync("wait", "tasks-stopped", "--tasks", arn);

        var stopped = (await ecs.EcsAsync("describe-tasks", "--tasks", arn))["tasks"]![0]!;
        Assert.Equal(143, (int)stopped["containers"]![0]!["exitCode"]!);
    }

    [Fact]
    public async Task Task_WhoseEssentialContainerIsKilledFromOutside_StopsAndSaysSo()
    {
        await using var ecs = await LocalEcs.StartAsync();
        var file = WriteDefinition("aws-cli-killed", "sleep 3600", stopTimeout: 2);
        await ecs.EcsAsync("register-task-definition", "--cli-input-json", $"file://{file}");
        var arn = (string)(await ecs.EcsAsync("run-task", "--task-definition", "aws-cli-killed"))["tasks"]![0]!["taskArn"]!;
        await ecs.EcsAsync("wait", "tasks-running", "--tasks", arn);
        var running = (await ecs.EcsAsync("describe-tasks", "--tasks", arn))["tasks"]![0]!;

        await Engine.Shared.KillAsync((string)running["containers"]![0]!["runtimeId"]!);
        await ecs.EcsAsync("wait", "tasks-stopped", "--tasks", arn);

        var stopped = (await ecs.EcsAsync("describe-tasks", "--tasks", arn))["tasks"]![0]!;
        Assert.Equal("EssentialContainerExited", (string?)stopped["stopCode"]);
        Assert.Equal("Essential container in task exited", (string?)stopped["stoppedReason"]);
        Assert.Equal(137, (int)stopped["containers"]![0]!["exitCode"]!);
    }

    private static string WriteDefinition(string family, string script, int stopTimeout)
    {
        var definition = new JsonObject
        {
            ["family"] = family,
            ["containerDefinitions"] = new JsonArray(new JsonObject
            {
                ["name"] = "main",
                ["image"] = TestSettings.Image,
                ["memory"] = 32,
                ["command"] = new JsonArray("sh", "-c", script),
                ["stopTimeout"] = stopTimeout,
                ["portMappings"] = new JsonArray(new JsonObject { ["containerPort"] = 8080 }),
            }),
        };
        var file = Path.Combine(Directory.CreateTempSubdirectory("ecs-agent-e2e-").FullName, $"{family}.json");
        File.WriteAllText(file, definition.ToJsonString());
        return file;
    }
}
