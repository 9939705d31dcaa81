using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Ecs.Agent.LocalControlPlane.WebSockets;

/// <summary>
/// Answers a websocket handshake with a typed error instead of 101: HTTP 400 and <c>{"Type":"text"}</c>, with its length, within the 1024
/// bytes that agents read.
/// </summary>
internal static class HandshakeRefusal
{
    public static async Task WriteAsync(HttpContext context, string type, string message)
    {
        var body = new ArrayBufferWriter<byte>(128);
        using (var writer = new Utf8JsonWriter(body))
        {
            writer.WriteStartObject();
            writer.WriteString(type, message);
            writer.WriteEndObject();
        }

        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.WrittenCount;
        await context.Response.Body.WriteAsync(body.WrittenMemory, context.RequestAborted);
    }
}
