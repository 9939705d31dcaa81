namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>ListClustersRequest</c>.</summary>
public sealed record ListClustersRequest
{
    public string? NextToken { get; init; }

    public int? MaxResults { get; init; }
}
