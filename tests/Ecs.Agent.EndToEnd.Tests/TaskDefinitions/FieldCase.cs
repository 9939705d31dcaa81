using System.Text.Json.Nodes;

namespace Ecs.Agent.EndToEnd.Tests.TaskDefinitions;

/// <summary>One row of <c>fields.json</c>: a member of a task definition, and what must come of it.</summary>
internal sealed class FieldCase(JsonObject row)
{
    /// <summary>All rows, by field.</summary>
    public static IReadOnlyDictionary<string, FieldCase> All { get; } = Read();

    public string Field => (string)row["field"]!;

    /// <summary>What <c>docker inspect</c> must say of the container <c>app</c>, at least.</summary>
    public JsonObject? Docker => row["docker"]?.AsObject();

    /// <summary>What the script inside the container must print; null where there is none.</summary>
    public string? Sees => (string?)row["sees"];

    /// <summary>The beginning of the container's or the end of the task's reason, where Docker or the agent must refuse.</summary>
    public JsonObject? Refused => row["refused"]?.AsObject();

    /// <summary>The kind of what keeps the control plane from placing the task.</summary>
    public string? Unplaced => (string?)row["unplaced"];

    /// <summary>Whether the machine of the tests may refuse to start it, being a sandbox itself: what Docker was told counts all the same.</summary>
    public bool MayNotStart => (bool?)row["mayNotStart"] == true;

    /// <summary>Whether the container must lie in the control group of its task.</summary>
    public bool HasCgroup => (bool?)row["cgroup"] == true;

    /// <summary>Container port → how many consecutive host ports it must have got.</summary>
    public JsonObject? HostPorts => row["hostPorts"]?.AsObject();

    /// <summary>The Docker volume that must outlive the task.</summary>
    public string? Volume => (string?)row["volume"];

    /// <summary>The task definition to register.</summary>
    public JsonObject Definition(string family)
    {
        var container = new JsonObject { ["name"] = "app", ["image"] = TestSettings.Image, ["memory"] = 16 };
        if (row["inside"] is { } script)
        {
            container["command"] = new JsonArray("sh", "-c", (string)script!);
        }
        else if (row["container"]?["command"] is null)
        {
            container["command"] = new JsonArray("true");
        }

        Merge(container, row["container"]);
        var containers = new JsonArray(container);
        foreach (var other in row["others"]?.AsArray() ?? [])
        {
            var copy = other!.DeepClone().AsObject();
            copy["image"] = TestSettings.Image;
            copy["essential"] = false;
            containers.Add((JsonNode)copy);
        }

        var definition = new JsonObject { ["family"] = family, ["containerDefinitions"] = containers };
        Merge(definition, row["task"]);
        return definition;
    }

    private static void Merge(JsonObject target, JsonNode? members)
    {
        foreach (var (name, value) in members?.AsObject() ?? [])
        {
            if (value is null)
            {
                target.Remove(name);
            }
            else
            {
                target[name] = value.DeepClone();
            }
        }
    }

    private static Dictionary<string, FieldCase> Read()
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "TaskDefinitions", "fields.json"));
        return JsonNode.Parse(text)!.AsArray().Select(row => new FieldCase(row!.AsObject())).ToDictionary(c => c.Field, StringComparer.Ordinal);
    }
}
