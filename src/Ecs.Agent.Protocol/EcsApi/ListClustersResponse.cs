namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>ListClustersResponse</c>.</summary>
public sealed record ListClustersResponse
{
    public IReadOnlyList<string>? ClusterArns { get; init; }

    public string? NextToken { get; init; }
}
