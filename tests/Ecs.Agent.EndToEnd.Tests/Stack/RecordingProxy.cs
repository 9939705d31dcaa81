using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace Ecs.Agent.EndToEnd.Tests.Stack;

/// <summary>
/// Passes connections on to a server, byte by byte as they come, and remembers each request: what really went over the wire, and when.
/// </summary>
internal sealed class RecordingProxy : IAsyncDisposable
{
    private readonly Socket _listener;
    private readonly EndPoint _server;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;
    private ImmutableList<PassedRequest> _requests = [];

    private RecordingProxy(EndPoint local, EndPoint server)
    {
        _server = server;
        _listener = SocketFor(local);
        _listener.Bind(local);
        _listener.Listen();
        _accepting = AcceptAsync();
    }

    /// <summary>What has passed, in the order of arrival.</summary>
    public ImmutableList<PassedRequest> Requests => Volatile.Read(ref _requests);

    /// <summary>The loopback port that it listens on.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public static RecordingProxy OnLoopback(int serverPort) =>
        new(new IPEndPoint(IPAddress.Loopback, 0), new IPEndPoint(IPAddress.Loopback, serverPort));

    public static RecordingProxy OnSocket(string path, string serverPath) =>
        new(new UnixDomainSocketEndPoint(path), new UnixDomainSocketEndPoint(serverPath));

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stopping.Dispose();
    }

    private static Socket SocketFor(EndPoint endPoint) => endPoint is UnixDomainSocketEndPoint
        ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
        : new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(PassAsync(await _listener.AcceptAsync(_stopping.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task PassAsync(Socket client)
    {
        using var server = SocketFor(_server);
        using (client)
        {
            try
            {
                await server.ConnectAsync(_server, _stopping.Token);
                var reader = new RequestReader(request => ImmutableInterlocked.Update(ref _requests, list => list.Add(request)));
                await Task.WhenAll(PumpAsync(client, server, reader), PumpAsync(server, client, reader: null));
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // One side is gone; closing both tells the other.
            }
        }
    }

    private async Task PumpAsync(Socket from, Socket to, RequestReader? reader)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReceiveAsync(buffer, _stopping.Token) is > 0 and var count)
        {
            var at = DateTimeOffset.UtcNow;
            for (var sent = 0; sent < count;)
            {
                sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), _stopping.Token);
            }

            reader?.Read(buffer.AsSpan(0, count), at);
        }

        to.Shutdown(SocketShutdown.Send);
    }
}
