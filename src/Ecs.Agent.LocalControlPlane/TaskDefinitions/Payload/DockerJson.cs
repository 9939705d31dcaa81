using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Payload;

/// <summary>Builds Docker's own JSON, in which what is not set is left out.</summary>
internal static class DockerJson
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonArray? Strings(IReadOnlyList<string>? values) =>
        values is null ? null : new JsonArray([.. values.Select(value => (JsonNode?)JsonValue.Create(value))]);

    public static JsonObject Map(IEnumerable<KeyValuePair<string, string>>? entries) =>
        new((entries ?? []).Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)JsonValue.Create(entry.Value))));

    /// <summary>Sets a member, unless there is nothing in it.</summary>
    public static void Set(this JsonObject target, string name, JsonNode? value)
    {
        if (value is not (null or JsonArray { Count: 0 } or JsonObject { Count: 0 }))
        {
            target[name] = value;
        }
    }

    /// <summary>The text of the object; null when it has no member.</summary>
    public static string? TextOrAbsent(JsonObject value) => value.Count == 0 ? null : Text(value);

    /// <summary>The text of the object, without escapes that JSON does not need.</summary>
    public static string Text(JsonObject value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Plain))
        {
            value.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
