using System.Text.Json.Nodes;
using Ecs.Agent.Bench.Burst;
using Ecs.Agent.EndToEnd.Tests.Stack;

namespace Ecs.Agent.Bench.Latency;

/// <summary>
/// How long the agent takes to act on what happens to containers. Measured between what Docker says happened and what then arrived at
/// Docker's socket or at the control plane, both by this machine's clock. The floor for what begins with an end: a container without an
/// agent ends, and who listens to Docker's events asks at once how; Docker answers only when it has put the container away.
/// </summary>
internal sealed class LatencyBenchmark(LocalEcs ecs, RawDocker docker, DockerEventLog events, RecordingProxy dockerProxy, RecordingProxy ecsProxy)
{
    private const string Health = """ "healthCheck":{"command":["CMD-SHELL","true"],"interval":5}, """;
    private static readonly string Lasting = """ "command":["sleep","3600"], "stopTimeout":2 """;
    private static readonly string Ending = """ "command":["sleep","0.3"], "essential":false """;

    public static async Task RunAsync(string binary, int rounds)
    {
        var socket = Path.Combine(Directory.CreateTempSubdirectory("ecs-bench-").FullName, "docker.sock");
        await using var dockerProxy = RecordingProxy.OnSocket(socket, Machine.DockerSocket);
        await using var ecs = await LocalEcs.StartAsync(binary, Machine.DockerHost, separateAgent: false, instances: 0);
        await using var ecsProxy = RecordingProxy.OnLoopback(ecs.Port);
        await ecs.StartAgentAsync(binary, $"unix://{socket}", $"http://127.0.0.1:{ecsProxy.Port}");
        using var docker = new RawDocker(Machine.DockerSocket);
        await using var events = new DockerEventLog(Machine.DockerSocket);
        var benchmark = new LatencyBenchmark(ecs, docker, events, dockerProxy, ecsProxy);
        try
        {
            await benchmark.RunAsync(rounds);
        }
        finally
        {
            await benchmark.RemoveAsync();
        }
    }

    private async Task RunAsync(int rounds)
    {
        await RegisterAsync("latency-complete", Pair(Ending, "COMPLETE"));
        await RegisterAsync("latency-success", Pair(Ending, "SUCCESS"));
        await RegisterAsync("latency-healthy", Pair(Health + Lasting, "HEALTHY"));
        await RegisterAsync("latency-side", $$"""[{"name":"main", {{Lasting}} }, {"name":"side", "essential":false, {{Lasting}} }]""");

        await MeasureDependencyAsync("COMPLETE", "latency-complete", "die", rounds);
        await MeasureDependencyAsync("SUCCESS", "latency-success", "die", rounds);
        await MeasureDependencyAsync("HEALTHY", "latency-healthy", "health_status: healthy", Math.Min(rounds, 5));
        await MeasureReportsAsync(rounds);
    }

    private async Task MeasureDependencyAsync(string condition, string family, string action, int rounds)
    {
        var delays = new List<Delay>();
        for (var round = 0; round <= rounds; round++)
        {
            var arn = await StartAsync(family);
            await UntilAsync(arn, "RUNNING");
            var met = events.Events.First(e => e.TaskArn == arn && e.Container == "first" && e.Action == action);
            var create = dockerProxy.Requests.First(request =>
                request.Line.Contains("/containers/create?", StringComparison.Ordinal)
                && request.Line.Contains("-second-", StringComparison.Ordinal)
                && request.Body.Contains(arn, StringComparison.Ordinal));
            var floor = action == "die" ? await FloorAsync() : met.HeardAt - met.At;
            delays.Add(new Delay(create.At - met.At, floor));
            await StopAsync(arn);
        }

        Print($"dependency met ({condition}) -> dependent's create request", delays);
    }

    private async Task MeasureReportsAsync(int rounds)
    {
        var essential = new List<Delay>();
        var other = new List<Delay>();
        var calls = new List<int>();
        for (var round = 0; round <= rounds; round++)
        {
            var arn = await StartAsync("latency-side");
            await UntilAsync(arn, "RUNNING");
            foreach (var (name, delays) in new[] { ("side", other), ("main", essential) })
            {
                await docker.KillAsync(await RuntimeIdAsync(arn, name));
                var report = await ReportAsync(arn, name);
                var died = events.Events.First(e => e.TaskArn == arn && e.Container == name && e.Action == "die");
                delays.Add(new Delay(report.At - died.At, await FloorAsync()));
            }

            await UntilAsync(arn, "STOPPED");
            calls.Add(Submissions(arn).Count());
        }

        Print("essential container died -> its STOPPED arrived", essential);
        Print("other container died -> its STOPPED arrived", other);
        Output.Line($"calls for such a task: {string.Join(", ", calls.Distinct().Order())} (RUNNING, the other container's STOPPED, STOPPED)");
    }

    /// <summary>From the end of a container until it was heard of and looked at, with nothing in between.</summary>
    private async Task<TimeSpan> FloorAsync()
    {
        var name = $"bench-floor-{Guid.NewGuid():n}";
        var looked = new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously);
        var id = await docker.CreateAsync(name, new JsonObject
        {
            ["Image"] = Machine.Image,
            ["Cmd"] = new JsonArray("sleep", "3600"),
            ["Labels"] = new JsonObject { ["com.amazonaws.ecs.task-arn"] = name, ["com.amazonaws.ecs.container-name"] = "floor" },
            ["HostConfig"] = new JsonObject { ["NetworkMode"] = "none", ["Init"] = false },
        });
        events.Heard += Look;
        await docker.StartAsync(id);
        await docker.KillAsync(id);
        var floor = await looked.Task;
        events.Heard -= Look;
        await docker.RemoveAsync(id);
        return floor;

        void Look(DockerEvent heard)
        {
            if (heard.TaskArn == name && heard.Action == "die")
            {
                _ = LookAsync(heard.At);
            }
        }

        async Task LookAsync(DateTimeOffset died)
        {
            await docker.InspectAsync(id);
            looked.SetResult(DateTimeOffset.UtcNow - died);
        }
    }

    private async Task<PassedRequest> ReportAsync(string arn, string container)
    {
        while (true)
        {
            var report = Submissions(arn).FirstOrDefault(request => JsonNode.Parse(request.Body)!["containers"]!.AsArray().Any(
                c => (string?)c!["containerName"] == container && (string?)c["status"] == "STOPPED"));
            if (report is not null)
            {
                return report;
            }

            await Task.Delay(20);
        }
    }

    private IEnumerable<PassedRequest> Submissions(string arn) => ecsProxy.Requests.Where(
        request => request.Calls("SubmitTaskStateChange") && request.Body.Contains(arn, StringComparison.Ordinal));

    private static string Pair(string first, string condition) => $$"""
        [{"name":"first", {{first}} {{(first == Ending ? "" : ", \"essential\":false")}} },
         {"name":"second", {{Lasting}}, "dependsOn":[{"containerName":"first","condition":"{{condition}}"}]}]
        """;

    private async Task RegisterAsync(string family, string containers)
    {
        var definitions = JsonNode.Parse(containers)!.AsArray();
        foreach (var container in definitions)
        {
            container!["image"] = Machine.Image;
            container["memory"] = 16;
        }

        await ecs.CallAsync("RegisterTaskDefinition", new JsonObject
        {
            ["family"] = family,
            ["networkMode"] = "none",
            ["containerDefinitions"] = definitions,
        });
    }

    private async Task<string> StartAsync(string family) =>
        (string)(await ecs.CallAsync("RunTask", new JsonObject { ["taskDefinition"] = family }))["tasks"]![0]!["taskArn"]!;

    private async Task StopAsync(string arn)
    {
        await ecs.CallAsync("StopTask", new JsonObject { ["task"] = arn });
        await UntilAsync(arn, "STOPPED");
    }

    private async Task<JsonObject> UntilAsync(string arn, string status)
    {
        while (true)
        {
            var task = (await ecs.CallAsync("DescribeTasks", new JsonObject { ["tasks"] = new JsonArray(arn) }))["tasks"]![0]!.AsObject();
            if ((string?)task["lastStatus"] == status)
            {
                return task;
            }

            await Task.Delay(20);
        }
    }

    private async Task<string> RuntimeIdAsync(string arn, string container) =>
        (string)(await UntilAsync(arn, "RUNNING"))["containers"]!.AsArray().First(c => (string?)c!["name"] == container)!["runtimeId"]!;

    private async Task RemoveAsync()
    {
        foreach (var family in new[] { "latency-complete", "latency-success", "latency-healthy", "latency-side" })
        {
            foreach (var id in await docker.ListAsync($"com.amazonaws.ecs.task-definition-family={family}"))
            {
                await docker.RemoveAsync(id);
            }
        }
    }

    /// <summary>The first is not counted: it pays for what is done once.</summary>
    private static void Print(string what, List<Delay> delays)
    {
        var counted = delays.Skip(1).ToList();
        var all = counted.ConvertAll(d => d.Taken.TotalMilliseconds);
        var floor = Output.Median(counted.Select(d => d.Floor.TotalMilliseconds));
        Output.Line(
            $"{what}: median {Output.Median(all):0.0} ms ({all.Min():0.0}-{all.Max():0.0}), {Output.Median(all) - floor:0.0} ms over the floor of {floor:0.0} ms (aim <= 20)");
    }

    /// <param name="Taken">From what happened to what the agent did about it.</param>
    /// <param name="Floor">What Docker takes of it.</param>
    private sealed record Delay(TimeSpan Taken, TimeSpan Floor);
}
