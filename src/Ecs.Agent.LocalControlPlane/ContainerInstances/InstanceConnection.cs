using Ecs.Agent.LocalControlPlane.State;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.ContainerInstances;

/// <summary>What coming and going of an agent's ACS connection does to the state. Pure.</summary>
internal static class InstanceConnection
{
    /// <summary>
    /// The new connection speaks for the instance from now on; an older one that has not noticed its end yet loses its say.
    /// </summary>
    public static ControlPlaneState Connected(
        ControlPlaneState state, string instanceArn, Guid connectionId, VersionInfo versions, DateTimeOffset now) =>
        state.FindInstance(instanceArn) is { } instance
            ? state.With(instance with
            {
                ConnectionId = connectionId,
                ConnectivityAt = now,
                VersionInfo = versions,
                Version = instance.Version + 1,
            })
            : state;

    public static ControlPlaneState Disconnected(ControlPlaneState state, string instanceArn, Guid connectionId, DateTimeOffset now) =>
        state.FindInstance(instanceArn) is { } instance && instance.ConnectionId == connectionId
            ? state.With(instance with { ConnectionId = null, ConnectivityAt = now, Version = instance.Version + 1 })
            : state;
}
