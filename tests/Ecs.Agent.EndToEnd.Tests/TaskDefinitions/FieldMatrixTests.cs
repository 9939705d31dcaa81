using System.Globalization;
using System.Text.Json.Nodes;
using Ecs.Agent.EndToEnd.Tests.Stack;

namespace Ecs.Agent.EndToEnd.Tests.TaskDefinitions;

/// <summary>
/// Each member of a task definition that Docker has to do with, from RegisterTaskDefinition to the container: what <c>docker inspect</c>
/// says, what the container itself sees, or the text with which it is refused.
/// </summary>
public sealed class FieldMatrixTests(FieldRuns runs)
{
    public static TheoryData<string> Fields { get; } = [.. FieldCase.All.Keys];

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task Field_OfATaskDefinition_ReachesDocker(string field)
    {
        var expected = FieldCase.All[field];

        var outcome = await runs.OutcomeOfAsync(field);

        if (expected.Unplaced is { } unplaced)
        {
            Assert.StartsWith(unplaced, outcome.Unplaced, StringComparison.Ordinal);
            return;
        }

        if (expected.Refused is { } refused)
        {
            RequireRefusal(refused, outcome);
            return;
        }

        Assert.Null(outcome.Unplaced);
        Assert.Null(outcome.NotRegistered);

        Assert.True(outcome.Inspected is not null, outcome.Task!.ToJsonString());
        RequireContained(expected.Docker ?? [], outcome.Inspected, "");
        RequireHostPorts(expected.HostPorts, outcome);
        if (expected.Sees is { } sees)
        {
            Assert.Equal(sees, outcome.Log!.ReplaceLineEndings("\n").Trim());
        }

        if (expected.HasCgroup)
        {
            var id = ((string)outcome.Task!["taskArn"]!).Split('/')[^1];
            Assert.Contains(id, (string)outcome.Inspected["HostConfig"]!["CgroupParent"]!, StringComparison.Ordinal);
        }

        if (expected.Volume is { } volume)
        {
            Assert.Equal(volume, (await Engine.Shared.CallAsync("volume", "inspect", "--format", "{{.Name}}", volume)).Trim());
        }

        Assert.True(expected.MayNotStart || (int)outcome.Inspected["State"]!["ExitCode"]! == 0, outcome.Task!.ToJsonString());
    }

    private static void RequireRefusal(JsonObject refused, FieldOutcome outcome)
    {
        if ((string?)refused["registration"] is { } message)
        {
            Assert.Contains(message, outcome.NotRegistered, StringComparison.Ordinal);
            return;
        }

        Assert.Null(outcome.NotRegistered);
        var task = outcome.Task!;
        if ((string?)refused["container"] is { } reason)
        {
            Assert.StartsWith(reason, (string?)WatchedTask.ContainerOf(task, "app")["reason"], StringComparison.Ordinal);
        }

        if ((string?)refused["task"] is { } ending)
        {
            Assert.EndsWith(ending, (string?)task["stoppedReason"], StringComparison.Ordinal);
        }
    }

    /// <summary>Objects may hold more than is expected; everything else must be equal. What is expected to be null may be missing or empty.</summary>
    private static void RequireContained(JsonNode? expected, JsonNode? actual, string path)
    {
        if (expected is not JsonObject members)
        {
            var nothing = actual is null or JsonArray { Count: 0 } or JsonObject { Count: 0 };
            Assert.True(expected is null ? nothing : JsonNode.DeepEquals(expected, actual),
                $"{path}: {actual?.ToJsonString() ?? "nothing"} instead of {expected?.ToJsonString() ?? "nothing"}");
            return;
        }

        foreach (var (name, value) in members)
        {
            if (value is not null || actual is not null)
            {
                Assert.True(actual is JsonObject, $"{path}: no object, so no {name}");
                RequireContained(value, actual[name], path + "." + name);
            }
        }

        if (members.Count == 0 && path.Length > 0)
        {
            Assert.True(actual is null or JsonObject { Count: 0 }, $"{path}: {actual?.ToJsonString()} instead of nothing");
        }
    }

    private static void RequireHostPorts(JsonObject? expected, FieldOutcome outcome)
    {
        foreach (var (port, count) in expected ?? [])
        {
            var number = int.Parse(port.Split('/')[0], CultureInfo.InvariantCulture);
            var ports = Enumerable.Range(number, (int)count!)
                .Select(p => (string)outcome.Inspected!["HostConfig"]!["PortBindings"]![$"{p}/{port.Split('/')[1]}"]![0]!["HostPort"]!)
                .Select(text => int.Parse(text, CultureInfo.InvariantCulture))
                .ToList();
            Assert.InRange(ports[0], 47100, 47999);
            Assert.Equal(Enumerable.Range(ports[0], ports.Count), ports);
        }
    }
}
