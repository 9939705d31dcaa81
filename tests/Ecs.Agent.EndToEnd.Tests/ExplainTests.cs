using System.Text.Json.Nodes;
using Ecs.Agent.EndToEnd.Tests.Processes;
using Ecs.Agent.EndToEnd.Tests.Stack;

namespace Ecs.Agent.EndToEnd.Tests;

/// <summary><c>ecs-agent explain</c> of real tasks on a real engine, asked in a process of its own.</summary>
public sealed class ExplainTests : IAsyncLifetime
{
    private readonly string _sockets = Directory.CreateTempSubdirectory("ecs-explain-").FullName;
    private LocalEcs? _ecs;

    private LocalEcs Ecs => _ecs ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync() =>
        _ecs = await LocalEcs.StartAsync(environment: new Dictionary<string, string?> { ["ECS_OPERATOR_SOCKET_DIR"] = _sockets });

    public async ValueTask DisposeAsync()
    {
        await Ecs.DisposeAsync();
        Assert.Empty(Directory.GetFileSystemEntries(_sockets));
        Directory.Delete(_sockets);
    }

    [Fact]
    public async Task Explain_TaskThatWaitsForAHealthCheck_NamesTheEdge()
    {
        var task = await RunAsync("stuck", $$"""
            [{"name":"db","image":"{{TestSettings.Image}}","memory":16,"command":["sleep","3600"],"stopTimeout":2,"startTimeout":110,
              "healthCheck":{"command":["CMD-SHELL","exit 1"],"interval":5,"retries":1} },
             {"name":"app","image":"{{TestSettings.Image}}","memory":16,"command":["sleep","3600"],"stopTimeout":2,
              "dependsOn":[{"containerName":"db","condition":"HEALTHY"}]}]
            """);

        var explained = await UntilAsync(task, e => (string?)Container(e, "db")["health"] == "UNHEALTHY");

        var wait = Assert.Single(Container(explained, "app")["waits"]!.AsArray())!;
        Assert.Equal(("dependency", "HEALTHY", "db"), ((string?)wait["kind"], (string?)wait["condition"], (string?)wait["containers"]![0]));
        Assert.NotNull((string?)wait["deadline"]);
        var text = await ExplainAsync(ShortId(task));
        Assert.Contains("waits for db to become HEALTHY since", text, StringComparison.Ordinal);
        Assert.Contains("and its health check fails; it is given up at", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', text);
    }

    [Fact]
    public async Task Explain_TaskThatWaitsForMemory_SaysWhoHoldsIt()
    {
        var memory = await OfferTwiceTheMemoryAsync();
        var first = await RunAsync("big", Sleeper(memory - 100));
        await UntilAsync(first, e => (string?)e["knownStatus"] == "RUNNING");
        var second = await RunAsync("late", Sleeper(200));

        var explained = await UntilAsync(second, e => e["waits"]!.AsArray().Count == 1);

        var wait = explained["waits"]![0]!;
        var shortage = Assert.Single(wait["resources"]!.AsArray())!;
        Assert.Equal(("hostResources", 1), ((string?)wait["kind"], (int?)wait["place"]));
        Assert.Equal(("MEMORY", 200, 100, memory), ((string?)shortage["kind"], (int)shortage["wanted"]!, (int)shortage["free"]!, (int)shortage["total"]!));
        Assert.Equal(first, (string?)shortage["heldBy"]![0]!["taskArn"]);
        Assert.Contains($"memory: 200 MiB wanted, 100 of {memory} MiB free, held by task {first.Split('/')[^1]}", await ExplainAsync(), StringComparison.Ordinal);

        await Ecs.EcsAsync("stop-task", "--task", first);
        await UntilAsync(second, e => (string?)e["knownStatus"] == "RUNNING");
    }

    [Fact]
    public async Task Explain_TaskWhoseDependencyFailed_GoesToTheRootWithItsLastLines()
    {
        var task = await RunAsync("chain", $$"""
            [{"name":"init","image":"{{TestSettings.Image}}","memory":16,"essential":false,"command":["sh","-c","echo preparing; echo no such table >&2; exit 3"]},
             {"name":"app","image":"{{TestSettings.Image}}","memory":16,"command":["sleep","3600"],
              "dependsOn":[{"containerName":"init","condition":"SUCCESS"}]}]
            """);

        var explained = await UntilAsync(task, e => (string?)e["knownStatus"] == "STOPPED");

        Assert.Equal("""["app","init"]""", explained["stop"]!["culprits"]!.ToJsonString());
        Assert.Equal(("exited", 3), ((string?)Container(explained, "init")["end"]!["kind"], (int?)Container(explained, "init")["end"]!["exitCode"]));
        Assert.Equal(("givenUp", "init"), ((string?)Container(explained, "app")["end"]!["kind"], (string?)Container(explained, "app")["end"]!["dependency"]));
        var text = await ExplainAsync(task);
        Assert.Contains("because init ended by itself, exit code 3", text, StringComparison.Ordinal);
        Assert.Contains("| preparing", text, StringComparison.Ordinal);
        Assert.Contains("| no such table", text, StringComparison.Ordinal);
        Assert.Contains("init ended by itself, exit code 3", await ExplainAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_TaskKilledForItsMemory_HasTheEvidenceAndWhoDidNotHeedTheStop()
    {
        var task = await RunAsync("oom", $$"""
            [{"name":"hungry","image":"{{TestSettings.Image}}","memory":8,"command":["sh","-c","sleep 1; tail /dev/zero"]},
             {"name":"deaf","image":"{{TestSettings.Image}}","memory":16,"stopTimeout":2,"command":["sh","-c","trap '' TERM; while :; do sleep 1; done"]}]
            """);

        var explained = await UntilAsync(task, e => (string?)e["knownStatus"] == "STOPPED");

        Assert.Equal("hungry", (string?)explained["stop"]!["culprits"]![0]);
        Assert.Equal("""["hungry","deaf"]""", explained["stop"]!["endOrder"]!.ToJsonString());
        var end = Container(explained, "hungry")["end"]!;
        Assert.Equal(("outOfMemory", 137, "SIGKILL"), ((string?)end["kind"], (int?)end["exitCode"], (string?)end["signal"]));
        Assert.Contains("its limit is 8 MiB", (string?)end["text"], StringComparison.Ordinal);
        Assert.Equal("killed", (string?)Container(explained, "deaf")["end"]!["stopResponse"]);
    }

    [Fact]
    public async Task Explain_TaskThatNobodyKnows_IsAnExitCodeOfItsOwn()
    {
        await using var nobody = Start("explain", "nobody");

        Assert.Equal(67, await nobody.ExitAsync());
        Assert.Contains("no agent on this machine knows a task 'nobody'", nobody.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_WithoutAnyAgent_IsAnExitCodeOfItsOwn()
    {
        await using var alone = RunningProcess.Start(
            TestSettings.Binary, ["explain"], new Dictionary<string, string?> { ["ECS_OPERATOR_SOCKET_DIR"] = "/nowhere/at/all" });

        Assert.Equal(72, await alone.ExitAsync());
    }

    private static string Sleeper(int memory) =>
        $$"""[{"name":"app","image":"{{TestSettings.Image}}","memory":{{memory}},"command":["sleep","3600"],"stopTimeout":2}]""";

    /// <summary>
    /// Registers the agent's instance once more, with twice its memory, so that the control plane places more than the agent can hold; gives
    /// what the agent has, in MiB.
    /// </summary>
    private async Task<int> OfferTwiceTheMemoryAsync()
    {
        var arn = (await Ecs.InstancesAsync(1))[0];
        var instance = (await Ecs.EcsAsync("describe-container-instances", "--container-instances", arn))["containerInstances"]![0]!;
        var resources = instance["registeredResources"]!.DeepClone().AsArray();
        var memory = resources.Single(r => (string?)r!["name"] == "MEMORY")!;
        var real = (int)memory["integerValue"]!;
        memory["integerValue"] = 2 * real;
        var capabilities = new JsonArray(
            [.. instance["attributes"]!.AsArray().Where(a => ((string?)a!["name"])!.Contains("capability", StringComparison.Ordinal)).Select(a => a!.DeepClone())]);
        await Ecs.EcsAsync(
            "register-container-instance", "--container-instance-arn", arn, "--total-resources", resources.ToJsonString(), "--attributes", capabilities.ToJsonString());
        return real;
    }

    private async Task<string> RunAsync(string family, string containers)
    {
        await Ecs.EcsAsync("register-task-definition", "--family", family, "--container-definitions", containers);
        var run = await Ecs.EcsAsync("run-task", "--task-definition", family);
        Assert.Empty(run["failures"]!.AsArray());
        return (string)run["tasks"]![0]!["taskArn"]!;
    }

    private RunningProcess Start(params string[] arguments) => RunningProcess.Start(TestSettings.Binary, arguments, Environment);

    private Task<string> ExplainAsync(params string[] arguments) =>
        CommandLine.RunAsync(TestSettings.Binary, ["explain", .. arguments], Environment);

    private Dictionary<string, string?> Environment => new() { ["ECS_OPERATOR_SOCKET_DIR"] = _sockets };

    /// <summary>Asks until the explanation is as wanted; a task is known to its agent a moment after it was placed.</summary>
    private async Task<JsonObject> UntilAsync(string task, Predicate<JsonObject> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            await using var explain = Start("explain", "--json", task);
            if (await explain.ExitAsync() == 0 && JsonNode.Parse(explain.Output) is JsonObject explained && condition(explained))
            {
                return explained;
            }

            await Task.Delay(100, patience.Token);
        }
    }

    private static JsonObject Container(JsonObject task, string name) =>
        task["containers"]!.AsArray().Single(c => (string?)c!["name"] == name)!.AsObject();

    private static string ShortId(string arn) => arn.Split('/')[^1][..12];
}
