using System.Globalization;
using System.Text.Json.Nodes;

namespace Ecs.Agent.EndToEnd.Tests.Stack;

/// <summary>A task of a <see cref="WatchedAgent"/>: what the control plane shows, what was submitted, what its containers wrote.</summary>
internal sealed class WatchedTask(WatchedAgent agent, string arn)
{
    public string Arn => arn;

    /// <summary>The submissions so far, each as <see cref="Submission.Line"/>.</summary>
    public IReadOnlyList<string> Story => [.. Submissions.Select(submission => submission.Line)];

    public IReadOnlyList<Submission> Submissions => agent.SubmissionsOf(arn);

    public async Task<JsonObject> DescribeAsync() =>
        (await agent.CallAsync("DescribeTasks", new JsonObject { ["tasks"] = new JsonArray(arn) }))["tasks"]![0]!.AsObject();

    /// <summary>Waits until the control plane shows the task with that status.</summary>
    public Task<JsonObject> UntilAsync(string lastStatus) => UntilAsync(task => (string?)task["lastStatus"] == lastStatus, lastStatus);

    /// <summary>Waits until the control plane shows the container with that status.</summary>
    public Task<JsonObject> UntilAsync(string container, string lastStatus) => UntilAsync(
        task => (string?)ContainerOf(task, container)["lastStatus"] == lastStatus, $"{container} {lastStatus}");

    public Task StopAsync() => agent.CallAsync("StopTask", new JsonObject { ["task"] = arn });

    public async Task<string> RuntimeIdAsync(string container) => (string)ContainerOf(await DescribeAsync(), container)["runtimeId"]!;

    public async Task<string> LogAsync(string container) => await agent.Engine.LogAsync(await RuntimeIdAsync(container));

    /// <summary>
    /// When a container wrote the mark: seconds of the machine's clock, which all containers share, in steps of ten milliseconds. The line
    /// is <c>mark 123.45</c>.
    /// </summary>
    public async Task<double> TimeAsync(string container, string mark)
    {
        var log = await LogAsync(container);
        var line = log.Split('\n').FirstOrDefault(l => l.StartsWith(mark + " ", StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"{container} never wrote '{mark}', but:\n{log}");
        return double.Parse(line[(mark.Length + 1)..].Trim(), CultureInfo.InvariantCulture);
    }

    public static JsonObject ContainerOf(JsonObject task, string name) =>
        task["containers"]!.AsArray().Single(container => (string?)container!["name"] == name)!.AsObject();

    private async Task<JsonObject> UntilAsync(Func<JsonObject, bool> condition, string what)
    {
        JsonObject task = [];
        await Eventually.IsTrueAsync(
            async () => condition(task = await DescribeAsync()),
            () => $"{arn} does not become {what}:\n{task.ToJsonString()}\n{agent.Process.Output}");
        return task;
    }
}
