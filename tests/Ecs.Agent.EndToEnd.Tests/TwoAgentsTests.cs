using System.Text.Json.Nodes;
using Ecs.Agent.EndToEnd.Tests.Processes;
using Ecs.Agent.EndToEnd.Tests.Stack;

namespace Ecs.Agent.EndToEnd.Tests;

/// <summary>Standalone agents, each a process of its own, on one control plane.</summary>
public sealed class TwoAgentsTests
{
    [Fact]
    public async Task Tasks_WithTwoAgents_AreSpreadOverBoth()
    {
        await using var ecs = await LocalEcs.StartAsync(instances: 0);
        await ecs.EcsAsync("create-cluster", "--cluster-name", "pair");
        await using var first = StartAgent(ecs, "pair");
        await using var second = StartAgent(ecs, "pair");
        var instances = await ConnectedAsync(ecs, "pair", 2);

        await ecs.EcsAsync("register-task-definition", "--family", "spread", "--container-definitions", Definition());
        var run = await ecs.EcsAsync("run-task", "--cluster", "pair", "--task-definition", "spread", "--count", "4");
        Assert.Empty(run["failures"]!.AsArray());
        var arns = run["tasks"]!.AsArray().Select(t => (string)t!["taskArn"]!).ToArray();
        await ecs.EcsAsync(["wait", "tasks-running", "--cluster", "pair", "--tasks", .. arns]);

        var tasks = (await ecs.EcsAsync(["describe-tasks", "--cluster", "pair", "--tasks", .. arns]))["tasks"]!.AsArray();
        var byInstance = tasks.GroupBy(t => (string)t!["containerInstanceArn"]!).ToDictionary(g => g.Key, g => g.Count());
        Assert.Equal(instances.Order(), byInstance.Keys.Order());
        Assert.All(byInstance.Values, count => Assert.Equal(2, count));

        foreach (var arn in arns)
        {
            await ecs.EcsAsync("stop-task", "--cluster", "pair", "--task", arn);
        }

        await ecs.EcsAsync(["wait", "tasks-stopped", "--cluster", "pair", "--tasks", .. arns]);
    }

    /// <summary>The environment that one would give the official agent.</summary>
    private static RunningProcess StartAgent(LocalEcs ecs, string cluster) => RunningProcess.Start(
        TestSettings.Binary,
        ["run"],
        new Dictionary<string, string?>
        {
            ["ECS_BACKEND_HOST"] = ecs.Endpoint,
            ["ECS_CLUSTER"] = cluster,
            ["ECS_EXTERNAL"] = "true",
            ["ECS_IMAGE_PULL_BEHAVIOR"] = "prefer-cached",
            ["AWS_DEFAULT_REGION"] = "us-east-1",
            ["AWS_ACCESS_KEY_ID"] = "local",
            ["AWS_SECRET_ACCESS_KEY"] = "local",
            ["DOCKER_HOST"] = TestSettings.DockerHost,
        });

    private static async Task<IReadOnlyList<string>> ConnectedAsync(LocalEcs ecs, string cluster, int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var arns = (await ecs.EcsAsync("list-container-instances", "--cluster", cluster))["containerInstanceArns"]!.AsArray()
                .Select(a => (string)a!).ToList();
            if (arns.Count == count)
            {
                var described = await ecs.EcsAsync(["describe-container-instances", "--cluster", cluster, "--container-instances", .. arns]);
                if (described["containerInstances"]!.AsArray().All(i => (bool?)i!["agentConnected"] == true))
                {
                    return arns;
                }
            }

            await Task.Delay(100, patience.Token);
        }
    }

    private static string Definition() => new JsonArray(new JsonObject
    {
        ["name"] = "main",
        ["image"] = TestSettings.Image,
        ["memory"] = 16,
        ["command"] = new JsonArray("sleep", "3600"),
        ["stopTimeout"] = 2,
    }).ToJsonString();
}
