using System.Buffers;
using System.Net.WebSockets;
using System.Threading.Channels;
using Ecs.Agent.Application.Identity;

namespace Ecs.Agent.Infrastructure.ControlPlane.Acs;

/// <summary>
/// One open websocket: reads frame after frame, sends replies in their order, and ends by one of its timers or by the other side.
/// </summary>
/// <remarks>Disposing the websocket is this object's job; nothing else writes to it.</remarks>
internal sealed class AcsConnection : IAsyncDisposable
{
    private const int ReadBufferBytes = 4096;
    private const int WriteFrameBytes = 32 * 1024;

    private static readonly TimeSpan ReadDeadline = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan WriteDeadline = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan HeartbeatJitter = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan LifeJitter = TimeSpan.FromMinutes(5);

    private readonly WebSocket _socket;
    private readonly TimeProvider _time;
    private readonly IIdentifiers _identifiers;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly Channel<byte[]> _outgoing = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ITimer _heartbeat;
    private readonly ITimer _life;
    private readonly CancellationTokenSource _broken = new();
    private string? _brokenBy;

    public AcsConnection(WebSocket socket, TimeProvider time, IIdentifiers identifiers)
    {
        _socket = socket;
        _time = time;
        _identifiers = identifiers;
        _heartbeat = time.CreateTimer(
            _ => Break("nothing was heard from the control plane in time"), null, NextHeartbeat(), Timeout.InfiniteTimeSpan);
        _life = time.CreateTimer(_ => _ = ExpireAsync(), null, Jittered(Life, LifeJitter), Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether a recognised message has come.</summary>
    public bool HeardAnything { get; private set; }

    /// <summary>Handles messages one after another until the connection ends.</summary>
    public async Task<SessionEnd> RunAsync(AcsMessageHandler handler, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _broken.Token);
        var sending = SendRepliesAsync(stop.Token);
        SessionEnd? end = null;
        try
        {
            end = await ReadAsync(handler, stop.Token, cancellationToken);
        }
        finally
        {
            _outgoing.Writer.TryComplete();
            if (end is not SessionEnd.Closed)
            {
                await stop.CancelAsync();
            }

            await sending;
        }

        if (end is SessionEnd.Closed closed)
        {
            await AnswerCloseAsync(closed);
        }

        return end;
    }

    public async ValueTask DisposeAsync()
    {
        await _heartbeat.DisposeAsync();
        await _life.DisposeAsync();
        _socket.Abort();
        _socket.Dispose();
        _broken.Dispose();
        _writing.Dispose();
    }

    private async Task<SessionEnd> ReadAsync(AcsMessageHandler handler, CancellationToken stop, CancellationToken processStop)
    {
        var replies = new AcsReplies(_outgoing.Writer);
        try
        {
            while (await ReadFrameAsync(stop) is { } bytes)
            {
                var frame = AcsFrames.Decode(bytes);
                if (frame.IsRecognised)
                {
                    HeardAnything = true;
                    _heartbeat.Change(NextHeartbeat(), Timeout.InfiniteTimeSpan);
                }

                // A task that is being taken on is not abandoned because the connection broke meanwhile.
                await handler.HandleAsync(frame, replies, processStop);
            }

            return new SessionEnd.Closed((int?)_socket.CloseStatus ?? 1005);
        }
        catch (OperationCanceledException) when (!processStop.IsCancellationRequested)
        {
            return new SessionEnd.Failed(_brokenBy ?? "nothing was read within three minutes");
        }
        catch (WebSocketException failure) when (failure.WebSocketErrorCode == WebSocketError.ConnectionClosedPrematurely
            && failure.InnerException is null)
        {
            return new SessionEnd.Dropped();
        }
        catch (Exception failure) when (failure is WebSocketException or IOException or InvalidOperationException)
        {
            return new SessionEnd.Failed(_brokenBy ?? failure.Message);
        }
    }

    /// <summary>One message, put together from its frames; null when the other side closes.</summary>
    private async Task<byte[]?> ReadFrameAsync(CancellationToken cancellationToken)
    {
        // Giving up a read aborts the websocket, which is what the deadline is for.
        using var deadline = new CancellationTokenSource(ReadDeadline, _time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var message = new ArrayBufferWriter<byte>(ReadBufferBytes);
        while (true)
        {
            var part = await _socket.ReceiveAsync(message.GetMemory(ReadBufferBytes), limit.Token);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            message.Advance(part.Count);
            if (part.EndOfMessage)
            {
                return message.WrittenSpan.ToArray();
            }
        }
    }

    private async Task SendRepliesAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var frame in _outgoing.Reader.ReadAllAsync(cancellationToken))
            {
                await SendAsync(frame, cancellationToken);
            }
        }
        catch (Exception failure) when (failure is WebSocketException or IOException or InvalidOperationException
            or OperationCanceledException)
        {
            // The reader sees the same broken connection and says how it ended.
            Break("a reply could not be sent");
        }
    }

    private async Task SendAsync(byte[] message, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(WriteDeadline, _time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        await _writing.WaitAsync(limit.Token);
        try
        {
            if (_socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
            {
                // This side has said its last word; the control plane repeats what it got no answer to.
                return;
            }

            for (var start = 0; start == 0 || start < message.Length; start += WriteFrameBytes)
            {
                var length = Math.Min(WriteFrameBytes, message.Length - start);
                var isLast = start + length == message.Length;
                await _socket.SendAsync(message.AsMemory(start, length), WebSocketMessageType.Text, isLast, limit.Token);
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Old enough: says so and goes on reading until the other side has closed too.</summary>
    private async Task ExpireAsync() =>
        await CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "ConnectionExpired: Reconnect to continue");

    /// <summary>A close frame is answered with one of the same code and no text.</summary>
    private Task AnswerCloseAsync(SessionEnd.Closed closed) =>
        _socket.State == WebSocketState.CloseReceived
            ? CloseOutputAsync((WebSocketCloseStatus)(closed.Code == 1005 ? 1000 : closed.Code), null)
            : Task.CompletedTask;

    private async Task CloseOutputAsync(WebSocketCloseStatus status, string? text)
    {
        try
        {
            using var deadline = new CancellationTokenSource(WriteDeadline, _time);
            await _writing.WaitAsync(deadline.Token);
            try
            {
                await _socket.CloseOutputAsync(status, text, deadline.Token);
            }
            finally
            {
                _writing.Release();
            }
        }
        catch (Exception failure) when (failure is WebSocketException or IOException or InvalidOperationException
            or OperationCanceledException or ArgumentException)
        {
            Break("the connection could not be closed in order");
        }
    }

    private void Break(string problem)
    {
        Interlocked.CompareExchange(ref _brokenBy, problem, null);
        try
        {
            _broken.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // A timer that fired while the connection was being disposed of.
        }
    }

    private TimeSpan NextHeartbeat() => Jittered(Heartbeat, HeartbeatJitter);

    private TimeSpan Jittered(TimeSpan least, TimeSpan spread) => least + (spread * _identifiers.NextFraction());
}
