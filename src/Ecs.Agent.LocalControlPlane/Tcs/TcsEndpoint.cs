using Ecs.Agent.LocalControlPlane.State;
using Ecs.Agent.LocalControlPlane.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.LocalControlPlane.Tcs;

/// <summary>The telemetry handshake: lets registered agents in and turns others away.</summary>
internal sealed class TcsEndpoint(ControlPlaneStore store, LocalControlPlaneOptions options, TimeProvider time, ILogger logger)
{
    public async Task AcceptAsync(HttpContext context, CancellationToken stopping)
    {
        if (store.Current.FindInstance(context.Request.Query["containerInstance"]) is null)
        {
            await HandshakeRefusal.WriteAsync(context, "ResourceValidationException", "The container instance is not registered.");
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var session = new TcsSession(store, options, time, logger, new MessageSocket(socket));
        await session.RunAsync(stopping);
    }
}
