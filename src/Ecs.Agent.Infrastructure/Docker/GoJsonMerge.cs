using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ecs.Agent.Infrastructure.Docker;

/// <summary>
/// Lays one JSON object over another the way Go decodes JSON into a value that exists already, because ECS defines the merge of
/// <c>dockerConfig</c> by that: scalars and arrays are replaced, structures merge, maps take over keys with their whole values, null
/// clears arrays, maps and pointers but leaves scalars. Members of structures match whatever their case; keys of maps do not.
/// Members that nobody here knows pass through untouched.
/// </summary>
internal static class GoJsonMerge
{
    // The members of Docker's container and host config that Go holds in a map: their keys are the user's data.
    private static readonly FrozenSet<string> Maps = FrozenSet.ToFrozenSet(
        ["Labels", "ExposedPorts", "Volumes", "PortBindings", "Sysctls", "Tmpfs", "StorageOpt", "Annotations", "LogConfig.Config"],
        StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, JsonValueKind> Kinds = new Dictionary<string, JsonValueKind>
    {
        ["Image"] = JsonValueKind.String,
        ["Hostname"] = JsonValueKind.String,
        ["Domainname"] = JsonValueKind.String,
        ["User"] = JsonValueKind.String,
        ["WorkingDir"] = JsonValueKind.String,
        ["StopSignal"] = JsonValueKind.String,
        ["StopTimeout"] = JsonValueKind.Number,
        ["Tty"] = JsonValueKind.True,
        ["OpenStdin"] = JsonValueKind.True,
        ["StdinOnce"] = JsonValueKind.True,
        ["NetworkDisabled"] = JsonValueKind.True,
        ["Env"] = JsonValueKind.Array,
        ["Labels"] = JsonValueKind.Object,
        ["ExposedPorts"] = JsonValueKind.Object,
        ["Healthcheck"] = JsonValueKind.Object,
        ["Healthcheck.Test"] = JsonValueKind.Array,
        ["Healthcheck.Interval"] = JsonValueKind.Number,
        ["Healthcheck.Timeout"] = JsonValueKind.Number,
        ["Healthcheck.StartPeriod"] = JsonValueKind.Number,
        ["Healthcheck.Retries"] = JsonValueKind.Number,
        ["NetworkMode"] = JsonValueKind.String,
        ["IpcMode"] = JsonValueKind.String,
        ["PidMode"] = JsonValueKind.String,
        ["UTSMode"] = JsonValueKind.String,
        ["UsernsMode"] = JsonValueKind.String,
        ["CgroupParent"] = JsonValueKind.String,
        ["Runtime"] = JsonValueKind.String,
        ["CpuShares"] = JsonValueKind.Number,
        ["Memory"] = JsonValueKind.Number,
        ["MemoryReservation"] = JsonValueKind.Number,
        ["MemorySwap"] = JsonValueKind.Number,
        ["MemorySwappiness"] = JsonValueKind.Number,
        ["NanoCpus"] = JsonValueKind.Number,
        ["PidsLimit"] = JsonValueKind.Number,
        ["ShmSize"] = JsonValueKind.Number,
        ["Privileged"] = JsonValueKind.True,
        ["PublishAllPorts"] = JsonValueKind.True,
        ["ReadonlyRootfs"] = JsonValueKind.True,
        ["AutoRemove"] = JsonValueKind.True,
        ["Init"] = JsonValueKind.True,
        ["OomKillDisable"] = JsonValueKind.True,
        ["Binds"] = JsonValueKind.Array,
        ["Links"] = JsonValueKind.Array,
        ["VolumesFrom"] = JsonValueKind.Array,
        ["CapAdd"] = JsonValueKind.Array,
        ["CapDrop"] = JsonValueKind.Array,
        ["Dns"] = JsonValueKind.Array,
        ["DnsSearch"] = JsonValueKind.Array,
        ["DnsOptions"] = JsonValueKind.Array,
        ["ExtraHosts"] = JsonValueKind.Array,
        ["GroupAdd"] = JsonValueKind.Array,
        ["SecurityOpt"] = JsonValueKind.Array,
        ["Devices"] = JsonValueKind.Array,
        ["DeviceRequests"] = JsonValueKind.Array,
        ["Ulimits"] = JsonValueKind.Array,
        ["Mounts"] = JsonValueKind.Array,
        ["PortBindings"] = JsonValueKind.Object,
        ["Sysctls"] = JsonValueKind.Object,
        ["Tmpfs"] = JsonValueKind.Object,
        ["LogConfig"] = JsonValueKind.Object,
        ["LogConfig.Type"] = JsonValueKind.String,
        ["LogConfig.Config"] = JsonValueKind.Object,
        ["RestartPolicy"] = JsonValueKind.Object,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Merges <paramref name="json"/> into <paramref name="target"/>. Null when it went well, else what is wrong in Go's manner: names
    /// members and kinds, never values, which may be secrets. <paramref name="target"/> is then unusable.
    /// </summary>
    public static string? Into(JsonObject target, string json, string structure)
    {
        JsonElement overlay;
        try
        {
            using var document = JsonDocument.Parse(json);
            overlay = document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            return json.AsSpan().IsWhiteSpace()
                ? "unexpected end of JSON input"
                : $"invalid JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}";
        }

        return overlay.ValueKind switch
        {
            JsonValueKind.Object => MergeStructure(target, overlay, path: "", structure),
            JsonValueKind.Null => null,
            _ => $"json: cannot unmarshal {NameOf(overlay.ValueKind)} into Go value of type container.{structure}",
        };
    }

    /// <summary>The member of a structure, whatever its case.</summary>
    public static JsonNode? Find(JsonObject structure, string member) =>
        KeyOf(structure, member) is { } key ? structure[key] : null;

    /// <summary>Removes the member of a structure, whatever its case.</summary>
    public static void Remove(JsonObject structure, string member)
    {
        if (KeyOf(structure, member) is { } key)
        {
            structure.Remove(key);
        }
    }

    /// <summary>Sets the member of a structure, under the name it already has where it has one.</summary>
    public static void Set(JsonObject structure, string member, JsonNode value) => structure[KeyOf(structure, member) ?? member] = value;

    private static string? MergeStructure(JsonObject target, JsonElement overlay, string path, string structure)
    {
        foreach (var member in overlay.EnumerateObject())
        {
            var memberPath = path.Length == 0 ? member.Name : path + "." + member.Name;
            if (Kinds.TryGetValue(memberPath, out var expected) && !Fits(member.Value.ValueKind, expected))
            {
                return $"json: cannot unmarshal {NameOf(member.Value.ValueKind)} into Go struct field {structure}.{memberPath} "
                    + $"of type {NameOf(expected)}";
            }

            if (MergeMember(target, member, memberPath, structure) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private static string? MergeMember(JsonObject target, JsonProperty member, string path, string structure)
    {
        var key = KeyOf(target, member.Name) ?? member.Name;
        switch (member.Value.ValueKind)
        {
            case JsonValueKind.Null:
                if (target[key] is JsonArray or JsonObject)
                {
                    target.Remove(key);
                }

                return null;
            case JsonValueKind.Object when Maps.Contains(path):
                MergeMap(ObjectAt(target, key), member.Value);
                return null;
            case JsonValueKind.Object:
                return MergeStructure(ObjectAt(target, key), member.Value, path, structure);
            default:
                target[key] = NodeOf(member.Value);
                return null;
        }
    }

    private static void MergeMap(JsonObject target, JsonElement overlay)
    {
        foreach (var entry in overlay.EnumerateObject())
        {
            target[entry.Name] = NodeOf(entry.Value);
        }
    }

    private static JsonObject ObjectAt(JsonObject parent, string key)
    {
        if (parent[key] is JsonObject existing)
        {
            return existing;
        }

        var created = new JsonObject();
        parent[key] = created;
        return created;
    }

    private static JsonNode? NodeOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.Object => JsonObject.Create(element),
        JsonValueKind.Array => JsonArray.Create(element),
        _ => JsonValue.Create(element),
    };

    private static string? KeyOf(JsonObject structure, string member)
    {
        if (structure.ContainsKey(member))
        {
            return member;
        }

        foreach (var (name, _) in structure)
        {
            if (string.Equals(name, member, StringComparison.OrdinalIgnoreCase))
            {
                return name;
            }
        }

        return null;
    }

    private static bool Fits(JsonValueKind given, JsonValueKind expected) =>
        given == expected || given is JsonValueKind.Null || (given is JsonValueKind.False && expected is JsonValueKind.True);

    private static string NameOf(JsonValueKind kind) => kind switch
    {
        JsonValueKind.True or JsonValueKind.False => "bool",
        JsonValueKind.Number => "number",
        JsonValueKind.String => "string",
        JsonValueKind.Array => "array",
        _ => "object",
    };
}
