using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ecs.Agent.Protocol.Acs;

namespace Ecs.Agent.Infrastructure.ControlPlane.Acs;

/// <summary>
/// The frames of the channel: <c>{"type":…,"message":…}</c>. Decoding never throws, because no frame, however broken, may end the
/// connection.
/// </summary>
internal static class AcsFrames
{
    private static readonly AcsJsonContext Json = AcsJsonContext.Default;

    private static readonly Dictionary<string, JsonTypeInfo> Messages = new(StringComparer.Ordinal)
    {
        ["HeartbeatMessage"] = Json.HeartbeatMessage,
        ["PayloadMessage"] = Json.PayloadMessage,
        ["IAMRoleCredentialsMessage"] = Json.IAMRoleCredentialsMessage,
        ["AttachTaskNetworkInterfacesMessage"] = Json.AttachTaskNetworkInterfacesMessage,
        ["AttachInstanceNetworkInterfacesMessage"] = Json.AttachInstanceNetworkInterfacesMessage,
        ["ConfirmAttachmentMessage"] = Json.ConfirmAttachmentMessage,
        ["TaskManifestMessage"] = Json.TaskManifestMessage,
        ["TaskStopVerificationAck"] = Json.TaskStopVerificationAck,
        ["StageUpdateMessage"] = Json.StageUpdateMessage,
        ["PerformUpdateMessage"] = Json.PerformUpdateMessage,
        ["CloseMessage"] = Json.CloseMessage,
        ["ErrorMessage"] = Json.ErrorMessage,
    };

    private static readonly HashSet<string> Errors = new(StringComparer.Ordinal)
    {
        "ServerException", "BadRequestException", "InvalidClusterException", "InvalidInstanceException", "AccessDeniedException",
        "InactiveInstanceException",
    };

    public static AcsFrame Decode(ReadOnlyMemory<byte> frame)
    {
        try
        {
            using var document = JsonDocument.Parse(frame);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Decode(document.RootElement)
                : new AcsFrame.Unusable("not a JSON object");
        }
        catch (JsonException)
        {
            return new AcsFrame.Unusable("not JSON, or members of the wrong type");
        }
    }

    public static byte[] Encode<T>(string type, T message, JsonTypeInfo<T> shape)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("type", type);
            writer.WritePropertyName("message");
            JsonSerializer.Serialize(writer, message, shape);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static AcsFrame Decode(JsonElement envelope)
    {
        if (Member(envelope, "type") is not { ValueKind: JsonValueKind.String } type)
        {
            return BareError(envelope);
        }

        var name = type.GetString()!;
        if (Member(envelope, "message") is not { ValueKind: JsonValueKind.Object } message)
        {
            return new AcsFrame.Unusable($"{name} without a message");
        }

        if (Errors.Contains(name))
        {
            return new AcsFrame.Error(
                name, Member(message, "message") is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "");
        }

        return Messages.TryGetValue(name, out var shape) && message.Deserialize(shape) is { } body
            ? new AcsFrame.Message(name, body)
            : new AcsFrame.Unusable($"unknown type {name}");
    }

    /// <summary>Without a type, an object whose one member is an error's name: <c>{"InactiveInstanceException":"…"}</c>.</summary>
    private static AcsFrame BareError(JsonElement envelope)
    {
        var members = envelope.EnumerateObject().Take(2).ToArray();
        return members is [{ Value.ValueKind: JsonValueKind.String } only] && Errors.Contains(only.Name)
            ? new AcsFrame.Error(only.Name, only.Value.GetString()!)
            : new AcsFrame.Unusable("no type");
    }

    private static JsonElement? Member(JsonElement parent, string name)
    {
        foreach (var member in parent.EnumerateObject())
        {
            if (member.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return member.Value;
            }
        }

        return null;
    }
}
