namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>DescribeClustersRequest</c>.</summary>
public sealed record DescribeClustersRequest
{
    public IReadOnlyList<string>? Clusters { get; init; }

    public IReadOnlyList<string>? Include { get; init; }
}
