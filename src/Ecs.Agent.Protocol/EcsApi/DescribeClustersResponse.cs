namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>DescribeClustersResponse</c>.</summary>
public sealed record DescribeClustersResponse
{
    public IReadOnlyList<ClusterDescription>? Clusters { get; init; }

    public IReadOnlyList<Failure>? Failures { get; init; }
}
