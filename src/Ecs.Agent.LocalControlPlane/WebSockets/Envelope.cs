using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Ecs.Agent.LocalControlPlane.WebSockets;

/// <summary>The form every message has in both directions: <c>{"type":"TypeName","message":{…}}</c>.</summary>
internal sealed class Envelope : IDisposable
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly JsonDocument _document;
    private readonly JsonElement _message;

    private Envelope(JsonDocument document, string type, JsonElement message)
    {
        _document = document;
        Type = type;
        _message = message;
    }

    public string Type { get; }

    /// <summary>Writes a message with its type in front.</summary>
    public static byte[] Write<T>(string type, T message, JsonTypeInfo<T> shape)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, Writing))
        {
            writer.WriteStartObject();
            writer.WriteString("type", type);
            writer.WritePropertyName("message");
            JsonSerializer.Serialize(writer, message, shape);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Null when the bytes are no envelope: a peer's mistake ends no connection.</summary>
    public static Envelope? Read(ReadOnlyMemory<byte> bytes)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(bytes);
        }
        catch (JsonException)
        {
            return null;
        }

        if (document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("type", out var type)
            && type.ValueKind == JsonValueKind.String
            && document.RootElement.TryGetProperty("message", out var message))
        {
            return new Envelope(document, type.GetString()!, message);
        }

        document.Dispose();
        return null;
    }

    /// <summary>Reads the message as the given shape; false when its members do not fit.</summary>
    public bool TryRead<T>(JsonTypeInfo<T> shape, [NotNullWhen(true)] out T? message)
        where T : class
    {
        try
        {
            message = _message.Deserialize(shape);
        }
        catch (JsonException)
        {
            message = null;
        }

        return message is not null;
    }

    public void Dispose() => _document.Dispose();
}
