namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>CreateClusterResponse</c>.</summary>
public sealed record CreateClusterResponse
{
    public ClusterDescription? Cluster { get; init; }
}
