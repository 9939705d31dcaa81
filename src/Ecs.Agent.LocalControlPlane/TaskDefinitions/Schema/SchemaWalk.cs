using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Schema;

/// <summary>
/// Compares a JSON value with the schema and copies what fits. It never stops at the first mistake, and what it copies holds no null:
/// a null member is an absent one.
/// </summary>
internal sealed class SchemaWalk
{
    private const int NamesWorthListing = 8;

    private readonly ImmutableArray<DefinitionProblem>.Builder _problems = ImmutableArray.CreateBuilder<DefinitionProblem>();

    public ImmutableArray<DefinitionProblem> Problems => _problems.ToImmutable();

    /// <summary>How many nulls were taken as absent.</summary>
    public int Nulls { get; private set; }

    /// <summary>Copies <paramref name="value"/> as <paramref name="kind"/>; null when it is null or does not fit.</summary>
    public JsonNode? Copy(JsonElement value, MemberKind kind, string path) => value.ValueKind == JsonValueKind.Null
        ? Absent()
        : kind switch
        {
            StringKind text => CopyString(value, text, path),
            IntegerKind => CopyInteger(value, path),
            BooleanKind => CopyBoolean(value, path),
            MapKind => CopyMap(value, path),
            ListKind list => CopyList(value, list, path),
            StructureKind shape => CopyStructure(value, shape, path),
            _ => throw new InvalidOperationException($"The schema has a kind that nobody reads: {kind.GetType().Name}."),
        };

    private JsonNode? Absent()
    {
        Nulls++;
        return null;
    }

    private JsonValue? CopyString(JsonElement value, StringKind kind, string path)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return WrongType(value, kind, path);
        }

        var text = value.GetString()!;
        if (!kind.Allowed.IsEmpty && !kind.Allowed.Contains(text, StringComparer.Ordinal))
        {
            return Report(path, $"Invalid value '{text}': must be {kind.Description}.");
        }

        return JsonValue.Create(text);
    }

    private JsonValue? CopyInteger(JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Number)
        {
            return WrongType(value, IntegerKind.Instance, path);
        }

        return value.TryGetInt32(out var number)
            ? JsonValue.Create(number)
            : Report(path, $"Invalid number {value.GetRawText()}: must be an integer between {int.MinValue} and {int.MaxValue}.");
    }

    private JsonValue? CopyBoolean(JsonElement value, string path) => value.ValueKind is JsonValueKind.True or JsonValueKind.False
        ? JsonValue.Create(value.GetBoolean())
        : WrongType(value, BooleanKind.Instance, path);

    private JsonNode? CopyMap(JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return WrongType(value, MapKind.Instance, path);
        }

        var copy = new JsonObject();
        foreach (var entry in value.EnumerateObject())
        {
            Put(copy, entry.Name, Copy(entry.Value, StringKind.Any, JsonPath.Member(path, entry.Name)), path);
        }

        return copy;
    }

    private JsonNode? CopyList(JsonElement value, ListKind kind, string path)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return WrongType(value, kind, path);
        }

        var copy = new JsonArray();
        foreach (var (index, element) in value.EnumerateArray().Index())
        {
            if (Copy(element, kind.Element, JsonPath.Element(path, index)) is { } node)
            {
                copy.Add(node);
            }
        }

        return copy;
    }

    private JsonNode? CopyStructure(JsonElement value, StructureKind shape, string path)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return WrongType(value, shape, path);
        }

        var copy = new JsonObject();
        foreach (var property in value.EnumerateObject())
        {
            if (shape.Find(property.Name) is { } member)
            {
                Put(copy, member.Name, Copy(property.Value, member.Kind, JsonPath.Member(path, member.Name)), path);
            }
            else
            {
                ReportUnknown(property.Name, shape, path);
            }
        }

        ReportMissing(value, shape, path);
        return copy;
    }

    private void Put(JsonObject copy, string name, JsonNode? node, string path)
    {
        if (node is not null && !copy.TryAdd(name, node))
        {
            Report(JsonPath.Member(path, name), $"'{name}' is given twice.");
        }
    }

    private void ReportMissing(JsonElement value, StructureKind shape, string path)
    {
        foreach (var member in shape.Members.Where(m => m.Required))
        {
            if (!value.TryGetProperty(member.Name, out var given) || given.ValueKind == JsonValueKind.Null)
            {
                Report(JsonPath.Member(path, member.Name),
                    $"Missing required member '{member.Name}' of {shape.Name}: must be {member.Kind.Description}.");
            }
        }
    }

    private void ReportUnknown(string name, StructureKind shape, string path)
    {
        var known = shape.Members.Select(m => m.Name).ToImmutableArray();
        var hint = NearestName.Of(name, known) is { } nearest ? $" Did you mean '{nearest}'?"
            : known.Length <= NamesWorthListing ? $" Known are {string.Join(", ", known)}." : "";
        Report(JsonPath.Member(path, name), $"Unknown member '{name}' of {shape.Name}.{hint}");
    }

    private JsonValue? WrongType(JsonElement value, MemberKind expected, string path)
    {
        var hint = (expected, value.ValueKind) switch
        {
            (StringKind { Allowed.IsEmpty: true }, JsonValueKind.Number) => "; write it in quotes",
            (IntegerKind or BooleanKind, JsonValueKind.String) => "; write it without quotes",
            (ListKind, not JsonValueKind.Array) => "; put it in brackets",
            _ => "",
        };
        return Report(path, $"Wrong type: found {Describe(value, expected)}, must be {expected.Description}{hint}.");
    }

    // The value itself is shown only where it cannot be somebody's secret: in the place of a number or a flag.
    private static string Describe(JsonElement value, MemberKind expected) => value.ValueKind switch
    {
        JsonValueKind.String when expected is IntegerKind or BooleanKind => $"the string \"{value.GetString()}\"",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Array => "a list",
        _ => "an object",
    };

    private JsonValue? Report(string path, string message)
    {
        _problems.Add(new DefinitionProblem(path.Length == 0 ? JsonPath.Root : path, message));
        return null;
    }
}
