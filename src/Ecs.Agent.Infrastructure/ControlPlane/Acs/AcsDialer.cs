using System.Net.WebSockets;
using System.Text;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Infrastructure.Aws;

namespace Ecs.Agent.Infrastructure.ControlPlane.Acs;

/// <summary>
/// Opens websockets with a signed upgrade: service <c>ecs</c>, the hash of an empty body, and nothing but host, date and token signed. No
/// subprotocol, no extension, no ECS User-Agent.
/// </summary>
internal sealed class AcsDialer(AgentOptions options, InstanceCredentials credentials, TimeProvider time) : IAcsDialer
{
    private static readonly TimeSpan DialTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(60);

    public async Task<WebSocket> DialAsync(Uri url, CancellationToken cancellationToken)
    {
        var identity = await credentials.GetAsync(cancellationToken)
            ?? throw new HandshakeException("no AWS credentials found to sign with");
        var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        var signed = RequestSigner.Sign(new SignableRequest("GET", url, [], default), identity, options.Region, "ecs", time.GetUtcNow());
        foreach (var (name, value) in signed)
        {
            socket.Options.SetRequestHeader(name, value);
        }

        using var refusal = new RefusalReader(new SocketsHttpHandler { ConnectTimeout = DialTimeout, AllowAutoRedirect = false });
        return await ConnectAsync(socket, url, refusal, cancellationToken);
    }

    private async Task<WebSocket> ConnectAsync(
        ClientWebSocket socket, Uri url, RefusalReader refusal, CancellationToken cancellationToken)
    {
        // Not disposed: disposing the invoker disposes the handler, which lives as long as this call needs it (see the caller).
        var invoker = new HttpMessageInvoker(refusal, disposeHandler: false);
        using var timeout = new CancellationTokenSource(HandshakeTimeout, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            await socket.ConnectAsync(url, invoker, limit.Token);
            return socket;
        }
        catch (Exception failure) when (failure is WebSocketException or HttpRequestException or IOException
            || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            socket.Dispose();
            throw new HandshakeException(Describe(url, refusal, failure), failure);
        }
    }

    private static string Describe(Uri url, RefusalReader refusal, Exception failure)
    {
        if (refusal.Body is not { } body)
        {
            return $"websocket client: unable to dial {url.Authority}: {failure.Message}";
        }

        return AcsFrames.Decode(Encoding.UTF8.GetBytes(body)) is AcsFrame.Error error
            ? $"{error.Type}: {error.Text}"
            : $"websocket client: unable to dial {url.Authority} response: {body}: HTTP {(int)refusal.Status!.Value}";
    }
}
