using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ecs.Agent.LocalControlPlane.TaskDefinitions.Schema;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions;

/// <summary>
/// Reads a task definition as people keep it: the input of <c>register-task-definition</c>, the output of <c>describe-task-definition</c>
/// (wrapped in <c>taskDefinition</c> or not), or a plain list of container definitions.
/// </summary>
public static class TaskDefinitionReader
{
    // Whoever keeps a plain list keeps its task-level settings elsewhere. What ECS cannot do without is assumed, and noted.
    private const int AssumedTaskMemoryMiB = 512;

    private const string AssumedExecutionRole = "ecsTaskExecutionRole";

    private static readonly ImmutableArray<string> WrapperMembers = ["taskDefinition", "tags"];

    /// <summary>Reads <paramref name="json"/>; all mistakes of syntax and shape are reported at once. The service's rules are
    /// <see cref="TaskDefinitionValidator"/>'s.</summary>
    /// <param name="json">The text, with or without byte-order mark.</param>
    /// <param name="fallbackFamily">The family of a plain list, usually the file's name; characters ECS does not allow become
    /// hyphens.</param>
    public static TaskDefinitionReadResult Read(string json, string fallbackFamily)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(fallbackFamily);
        var text = json.TrimStart('\uFEFF');
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind switch
            {
                JsonValueKind.Array => ReadContainerList(document.RootElement, AsFamily(fallbackFamily)),
                JsonValueKind.Object => ReadObject(document.RootElement),
                _ => Refused(new DefinitionProblem(JsonPath.Root,
                    "A task definition is a JSON object or a list of container definitions.")),
            };
        }
        catch (JsonException error)
        {
            return Refused(SyntaxProblem(text, error));
        }
    }

    private static TaskDefinitionReadResult ReadObject(JsonElement root)
    {
        var notes = ImmutableArray.CreateBuilder<string>();
        var problems = ImmutableArray.CreateBuilder<DefinitionProblem>();
        var definition = root;
        JsonElement? outerTags = null;
        if (root.TryGetProperty("taskDefinition", out var inner) && inner.ValueKind == JsonValueKind.Object)
        {
            problems.AddRange(root.EnumerateObject().Where(p => !WrapperMembers.Contains(p.Name)).Select(p =>
                new DefinitionProblem(p.Name, $"Unknown member '{p.Name}' beside 'taskDefinition'. Known is tags.")));
            outerTags = root.TryGetProperty("tags", out var tags) && tags.ValueKind != JsonValueKind.Null ? tags : null;
            definition = inner;
        }

        var members = WithoutReadOnlyMembers(definition, problems, notes);
        if (outerTags is { } kept)
        {
            members["tags"] = Node(kept);
        }

        return Check(members, problems, notes);
    }

    private static JsonObject WithoutReadOnlyMembers(
        JsonElement definition, ImmutableArray<DefinitionProblem>.Builder problems, ImmutableArray<string>.Builder notes)
    {
        var kept = new JsonObject();
        var dropped = new List<string>();
        foreach (var property in definition.EnumerateObject())
        {
            if (TaskDefinitionSchema.ReadOnlyMembers.Contains(property.Name))
            {
                dropped.Add(property.Name);
            }
            else if (!kept.TryAdd(property.Name, Node(property.Value)))
            {
                problems.Add(new DefinitionProblem(property.Name, $"'{property.Name}' is given twice."));
            }
        }

        if (dropped.Count > 0)
        {
            notes.Add($"Left out what only DescribeTaskDefinition returns: {string.Join(", ", dropped)}.");
        }

        return kept;
    }

    private static TaskDefinitionReadResult ReadContainerList(JsonElement list, string family)
    {
        var notes = ImmutableArray.CreateBuilder<string>();
        notes.Add($"A plain list of container definitions: registered as family '{family}'.");
        var members = new JsonObject { ["family"] = family, ["containerDefinitions"] = Node(list) };
        if (AssumedMemory(list) is { } memory)
        {
            members["memory"] = memory;
            notes.Add($"The list sets no memory for some containers: task memory {memory} MiB assumed.");
        }

        if (Elements(list).Any(c => IsGiven(c, "secrets")))
        {
            members["executionRoleArn"] = AssumedExecutionRole;
            notes.Add($"The list uses secrets, which need an execution role: executionRoleArn '{AssumedExecutionRole}' assumed.");
        }

        if (MountedVolumes(list) is { Length: > 0 } volumes)
        {
            members["volumes"] = new JsonArray([.. volumes.Select(name => new JsonObject { ["name"] = name })]);
            notes.Add($"The list mounts volumes that it cannot declare: empty volumes assumed for {string.Join(", ", volumes)}.");
        }

        return Check(members, ImmutableArray.CreateBuilder<DefinitionProblem>(), notes);
    }

    private static string[] MountedVolumes(JsonElement list) =>
    [
        .. Elements(list)
            .Where(container => IsGiven(container, "mountPoints"))
            .SelectMany(container => Elements(container.GetProperty("mountPoints")))
            .Select(mount =>
                mount.TryGetProperty("sourceVolume", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null)
            .Where(name => !string.IsNullOrEmpty(name)).OfType<string>().Distinct(),
    ];

    private static string? AssumedMemory(JsonElement list)
    {
        var sizes = Elements(list).Select(c => Number(c, "memory") ?? Number(c, "memoryReservation")).ToList();
        return sizes.Contains(null) ? $"{sizes.Sum(size => (long)(size ?? 0)) + AssumedTaskMemoryMiB}" : null;
    }

    private static IEnumerable<JsonElement> Elements(JsonElement list) =>
        list.EnumerateArray().Where(element => element.ValueKind == JsonValueKind.Object);

    private static bool IsGiven(JsonElement container, string list) =>
        container.TryGetProperty(list, out var value) && value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0;

    private static int? Number(JsonElement container, string member) =>
        container.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)
            ? number : null;

    private static TaskDefinitionReadResult Check(
        JsonObject members, ImmutableArray<DefinitionProblem>.Builder problems, ImmutableArray<string>.Builder notes)
    {
        using var document = JsonDocument.Parse(members.ToJsonString());
        var walk = new SchemaWalk();
        var copy = walk.Copy(document.RootElement, TaskDefinitionSchema.RegisterTaskDefinition, JsonPath.Root);
        problems.AddRange(walk.Problems);
        if (walk.Nulls > 0)
        {
            notes.Add($"Took {walk.Nulls} null member{(walk.Nulls == 1 ? "" : "s")} as absent.");
        }

        var request = copy.Deserialize(EcsApiJsonContext.Default.RegisterTaskDefinitionRequest);
        return problems.Count > 0
            ? new TaskDefinitionReadResult { Problems = WithBrokenRules(problems.ToImmutable(), request), Notes = notes.ToImmutable() }
            : new TaskDefinitionReadResult { Request = request, Notes = notes.ToImmutable() };
    }

    /// <summary>
    /// The mistakes of shape with whatever rules the well-formed rest breaks, so that nobody has to mend a definition twice. Rules about a
    /// member that is mistaken itself, or about what contains it, are left for the next reading: they would only repeat the mistake.
    /// </summary>
    private static ImmutableArray<DefinitionProblem> WithBrokenRules(
        ImmutableArray<DefinitionProblem> mistakes, RegisterTaskDefinitionRequest? rest) => rest is null
        ? mistakes
        :
        [
            .. mistakes,
            .. TaskDefinitionValidator.Validate(rest).Where(broken => !mistakes.Any(mistake => Concern(mistake.Path, broken.Path))),
        ];

    private static bool Concern(string one, string other) =>
        one.StartsWith(other, StringComparison.Ordinal) || other.StartsWith(one, StringComparison.Ordinal);

    private static JsonNode? Node(JsonElement element) => JsonNode.Parse(element.GetRawText());

    private static TaskDefinitionReadResult Refused(DefinitionProblem problem) => new() { Problems = [problem] };

    private static DefinitionProblem SyntaxProblem(string text, JsonException error)
    {
        var line = error.LineNumber ?? 0;
        var column = Column(text, line, error.BytePositionInLine ?? 0);
        var end = error.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var reason = (end < 0 ? error.Message : error.Message[..end])
            .Replace(" at the end which is not supported in this mode. Change the reader options.", "", StringComparison.Ordinal);
        return new DefinitionProblem(JsonPath.Root, $"Not JSON: line {line + 1} column {column}: {reason}");
    }

    // The parser counts bytes of UTF-8; people and editors count characters.
    private static int Column(string text, long line, long bytePosition)
    {
        var content = Encoding.UTF8.GetBytes(text.Split('\n').ElementAtOrDefault((int)line) ?? "");
        return Encoding.UTF8.GetCharCount(content, 0, (int)Math.Min(bytePosition, content.Length)) + 1;
    }

    private static string AsFamily(string name)
    {
        var family = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '-'));
        return family.Length is 0 ? "task" : family[..Math.Min(family.Length, 255)];
    }
}
