using System.Buffers;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Channels;

namespace Ecs.Agent.LocalControlPlane.WebSockets;

/// <summary>
/// Whole messages over one websocket. Anybody may post; one loop writes, in the order of posting. Received fragments are put together.
/// A close frame of the peer is echoed with its status, as agents expect.
/// </summary>
internal sealed class MessageSocket(WebSocket socket)
{
    // Far above anything an agent sends (telemetry is cut at 1 MiB); a peer that never ends a message must not fill the memory.
    private const int MessageLimit = 16 * 1024 * 1024;
    private const int ReceiveBuffer = 4096;

    private readonly Channel<byte[]> _outgoing = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
    private (WebSocketCloseStatus Status, string? Text)? _closing;

    public void Post<T>(string type, T message, JsonTypeInfo<T> shape) => _outgoing.Writer.TryWrite(Envelope.Write(type, message, shape));

    /// <summary>Ends the connection with a close frame after everything posted so far. The first close stands.</summary>
    public void Close(WebSocketCloseStatus status, string? text = null)
    {
        _closing ??= (status, text);
        _outgoing.Writer.TryComplete();
    }

    /// <summary>Ends the connection at once, without a word.</summary>
    public void Abort()
    {
        _outgoing.Writer.TryComplete();
        socket.Abort();
    }

    /// <summary>Sends what is posted until the connection is closed or broken.</summary>
    public async Task WriteAllAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var message in _outgoing.Reader.ReadAllAsync(cancellationToken))
            {
                await socket.SendAsync(message, WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage, cancellationToken);
            }

            if (_closing is { } closing && socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync(closing.Status, closing.Text, cancellationToken);
            }
        }
        catch (Exception broken) when (IsEndOfConnection(broken))
        {
            socket.Abort();
        }
    }

    /// <summary>Every whole message until the peer closes, the connection breaks or the token is cancelled; none of these throws.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var message = new ArrayBufferWriter<byte>(ReceiveBuffer);
        while (await ReadAsync(message, cancellationToken))
        {
            yield return message.WrittenMemory;
            message.ResetWrittenCount();
        }
    }

    private async Task<bool> ReadAsync(ArrayBufferWriter<byte> message, CancellationToken cancellationToken)
    {
        try
        {
            ValueWebSocketReceiveResult frame;
            do
            {
                frame = await socket.ReceiveAsync(message.GetMemory(ReceiveBuffer), cancellationToken);
                message.Advance(frame.Count);
            }
            while (!frame.EndOfMessage && message.WrittenCount <= MessageLimit);

            return frame.EndOfMessage ? Accept(frame.MessageType) : Refuse();
        }
        catch (Exception broken) when (IsEndOfConnection(broken))
        {
            return false;
        }
    }

    private bool Accept(WebSocketMessageType type)
    {
        if (type != WebSocketMessageType.Close)
        {
            return true;
        }

        Close(socket.CloseStatus ?? WebSocketCloseStatus.NormalClosure);
        return false;
    }

    private bool Refuse()
    {
        Close(WebSocketCloseStatus.MessageTooBig);
        return false;
    }

    private static bool IsEndOfConnection(Exception exception) =>
        exception is WebSocketException
            or OperationCanceledException
            or IOException
            or ObjectDisposedException
            or InvalidOperationException;
}
