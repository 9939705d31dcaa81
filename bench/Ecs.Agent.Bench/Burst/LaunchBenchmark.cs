using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Ecs.Agent.Bench.Burst;

/// <summary>
/// A burst of single-container tasks through the agent against the same containers created and started with the raw Docker API, in turns.
/// </summary>
internal sealed class LaunchBenchmark(RawDocker docker, LocalEcs ecs, string image, int tasks, int concurrency)
{
    private const string Label = "ecs-agent-bench=1";
    private const int TasksPerCall = 10;

    /// <summary>Runs the whole comparison with an agent in the control plane's process, or in one of its own.</summary>
    public static async Task RunAsync(string binary, int tasks, int rounds, int concurrency, bool separateAgent)
    {
        var what = separateAgent ? "run" : "local up";
        using var docker = new RawDocker(Machine.DockerSocket);
        await using var ecs = await LocalEcs.StartAsync(binary, Machine.DockerHost, separateAgent);
        await Task.Delay(TimeSpan.FromSeconds(5));
        Output.Line($"{what}, idle: {ecs.Megabytes("VmRSS"):0.0} MB RSS (aim <= {(separateAgent ? 32 : 45)})");
        await new LaunchBenchmark(docker, ecs, Machine.Image, tasks, concurrency).RunAsync(rounds);
        Output.Line($"{what}, peak: {ecs.Megabytes("VmHWM"):0.0} MB RSS");
    }

    private async Task RunAsync(int rounds)
    {
        await ecs.CallAsync("RegisterTaskDefinition", TaskDefinition());
        await AgentBurstAsync();
        await RawBurstAsync();
        var ratios = new List<double>();
        var medians = new List<double>();
        for (var round = 1; round <= rounds; round++)
        {
            var raw = await RawBurstAsync();
            var (total, median) = await AgentBurstAsync();
            ratios.Add(total / raw);
            medians.Add(median / total);
            Output.Line($"round {round}: raw {raw:0.00} s, agent {total:0.00} s (ratio {total / raw:0.00}), median task RUNNING at {median:0.00} s ({median / total:0.00} of the total)");
        }

        Output.Line($"launch ratio, median of {rounds}: {Output.Median(ratios):0.00} (aim <= 1.10)");
        Output.Line($"median time to RUNNING within the burst: {Output.Median(medians):0.00} of the total (aim <= 0.52)");
    }

    /// <summary>Seconds from the first RunTask to the last RUNNING, and to the median one, as the control plane has them.</summary>
    private async Task<(double Total, double Median)> AgentBurstAsync()
    {
        var begin = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0;
        var arns = new List<string>();
        while (arns.Count < tasks)
        {
            var answer = await ecs.CallAsync(
                "RunTask", new JsonObject { ["taskDefinition"] = "bench", ["count"] = Math.Min(TasksPerCall, tasks - arns.Count) });
            arns.AddRange(answer["tasks"]!.AsArray().Select(t => (string)t!["taskArn"]!));
            if (answer["failures"] is JsonArray { Count: > 0 } failures)
            {
                throw new InvalidOperationException($"Not all tasks were placed: {failures.ToJsonString()}");
            }
        }

        var started = await WaitAsync(arns, t => (string?)t["lastStatus"] == "RUNNING");
        var times = started.Select(t => (double)t["startedAt"]! - begin).Order().ToList();
        foreach (var arn in arns)
        {
            await ecs.CallAsync("StopTask", new JsonObject { ["task"] = arn });
        }

        await WaitAsync(arns, t => (string?)t["lastStatus"] == "STOPPED");
        await RemoveAsync("com.amazonaws.ecs.task-definition-family=bench");
        return (times[^1], times[times.Count / 2]);
    }

    private async Task<double> RawBurstAsync()
    {
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, tasks),
            new ParallelOptions { MaxDegreeOfParallelism = concurrency },
            async (i, _) => await docker.StartAsync(await docker.CreateAsync($"bench-{Environment.ProcessId}-{watch.GetHashCode()}-{i}", Container())));
        var seconds = watch.Elapsed.TotalSeconds;
        await RemoveAsync(Label);
        return seconds;
    }

    private async Task<IReadOnlyList<JsonObject>> WaitAsync(List<string> arns, Func<JsonObject, bool> condition)
    {
        while (true)
        {
            var found = new List<JsonObject>();
            foreach (var chunk in arns.Chunk(100))
            {
                var names = new JsonArray([.. chunk.Select(arn => (JsonNode)arn)]);
                var answer = await ecs.CallAsync("DescribeTasks", new JsonObject { ["tasks"] = names });
                found.AddRange(answer["tasks"]!.AsArray().Select(t => t!.AsObject()));
            }

            if (found.Find(t => (string?)t["lastStatus"] == "STOPPED" && !condition(t)) is { } failed)
            {
                throw new InvalidOperationException($"A task stopped: {failed.ToJsonString()}");
            }

            if (found.TrueForAll(t => condition(t)))
            {
                return found;
            }

            await Task.Delay(200);
        }
    }

    private async Task RemoveAsync(string label) =>
        await Parallel.ForEachAsync(await docker.ListAsync(label), async (id, _) => await docker.RemoveAsync(id));

    private JsonObject TaskDefinition() => new()
    {
        ["family"] = "bench",
        ["containerDefinitions"] = new JsonArray(new JsonObject
        {
            ["name"] = "main",
            ["image"] = image,
            ["cpu"] = 1,
            ["memoryReservation"] = 6,
            ["command"] = new JsonArray("sleep", "3600"),
            ["stopTimeout"] = 2,
            ["linuxParameters"] = new JsonObject { ["initProcessEnabled"] = false },
        }),
    };

    /// <summary>What the agent's create request comes to, so that Docker has the same work.</summary>
    private JsonObject Container() => new()
    {
        ["Image"] = image,
        ["Cmd"] = new JsonArray("sleep", "3600"),
        ["Labels"] = new JsonObject { ["ecs-agent-bench"] = "1" },
        ["HostConfig"] = new JsonObject
        {
            ["CpuShares"] = 2,
            ["MemoryReservation"] = 6 << 20,
            ["NetworkMode"] = "bridge",
            ["Init"] = false,
        },
    };
}
