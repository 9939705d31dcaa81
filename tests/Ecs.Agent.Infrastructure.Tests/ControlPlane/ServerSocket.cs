using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Ecs.Agent.Infrastructure.Tests.ControlPlane;

/// <summary>The server's end of a websocket.</summary>
internal sealed class ServerSocket(WebSocket socket, HttpContext context)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Done => _done.Task;

    public WebSocketCloseStatus? CloseStatus => socket.CloseStatus;

    public string? CloseText => socket.CloseStatusDescription;

    public async Task SendAsync(string text, WebSocketMessageType type = WebSocketMessageType.Text)
    {
        using var guard = new CancellationTokenSource(Loopback.Patience);
        await socket.SendAsync(Encoding.UTF8.GetBytes(text), type, true, guard.Token);
    }

    /// <summary>The next text, or null when the agent closes.</summary>
    public async Task<string?> ReceiveAsync()
    {
        using var guard = new CancellationTokenSource(Loopback.Patience);
        var text = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), guard.Token);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            text.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                return Encoding.UTF8.GetString(text.ToArray());
            }
        }
    }

    /// <summary>Sends a close frame and waits for the agent's.</summary>
    public async Task CloseAsync(int code)
    {
        using var guard = new CancellationTokenSource(Loopback.Patience);
        await socket.CloseAsync((WebSocketCloseStatus)code, "", guard.Token);
        _done.TrySetResult();
    }

    /// <summary>Answers the agent's close frame.</summary>
    public async Task AnswerCloseAsync()
    {
        using var guard = new CancellationTokenSource(Loopback.Patience);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", guard.Token);
        _done.TrySetResult();
    }

    /// <summary>Ends the stream without a close frame.</summary>
    public void Drop() => _done.TrySetResult();

    /// <summary>Resets the connection.</summary>
    public void Reset()
    {
        context.Abort();
        _done.TrySetResult();
    }
}
