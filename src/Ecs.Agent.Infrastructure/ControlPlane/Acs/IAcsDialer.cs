using System.Net.WebSockets;

namespace Ecs.Agent.Infrastructure.ControlPlane.Acs;

/// <summary>Opens websockets to the control plane.</summary>
internal interface IAcsDialer
{
    /// <summary>Sends the signed upgrade and gives the open websocket.</summary>
    /// <exception cref="HandshakeException">The answer was not 101, or there was none.</exception>
    Task<WebSocket> DialAsync(Uri url, CancellationToken cancellationToken);
}
