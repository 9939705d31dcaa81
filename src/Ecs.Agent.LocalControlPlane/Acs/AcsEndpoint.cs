using Ecs.Agent.LocalControlPlane.Clusters;
using Ecs.Agent.LocalControlPlane.State;
using Ecs.Agent.LocalControlPlane.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.LocalControlPlane.Acs;

/// <summary>The ACS handshake: lets registered agents in and turns others away.</summary>
internal sealed class AcsEndpoint(
    ControlPlaneStore store, ResourceNames names, LocalControlPlaneOptions options, TimeProvider time, Func<Guid> newId, ILogger logger)
{
    public async Task AcceptAsync(HttpContext context, CancellationToken stopping)
    {
        var query = context.Request.Query;
        string? cluster = query["clusterArn"];
        string? instanceArn = query["containerInstanceArn"];
        if (Refusal(store.Current, cluster, instanceArn) is { } refusal)
        {
            await HandshakeRefusal.WriteAsync(context, refusal.Type, refusal.Message);
            return;
        }

        var versions = new Protocol.EcsApi.VersionInfo
        {
            AgentVersion = query["agentVersion"],
            AgentHash = query["agentHash"],
            DockerVersion = query["dockerVersion"],
        };
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var session = new AcsSession(store, names, options, time, newId, logger, new MessageSocket(socket), instanceArn!);
        await session.RunAsync(versions, stopping);
    }

    private static (string Type, string Message)? Refusal(ControlPlaneState state, string? cluster, string? instanceArn)
    {
        if (state.FindCluster(cluster) is not { } known)
        {
            return ("InvalidClusterException", "Cluster not found.");
        }

        return state.FindInstance(instanceArn) is not { } instance || instance.ClusterArn != known.Arn
            ? ("InactiveInstanceException", "The container instance is not registered with this cluster.")
            : null;
    }
}
