namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>ListContainerInstancesRequest</c>.</summary>
public sealed record ListContainerInstancesRequest
{
    public string? Cluster { get; init; }

    public string? Filter { get; init; }

    public string? NextToken { get; init; }

    public int? MaxResults { get; init; }

    /// <summary>One of <c>ACTIVE</c>, <c>DRAINING</c>, <c>REGISTERING</c>, <c>DEREGISTERING</c>, <c>REGISTRATION_FAILED</c>.</summary>
    public string? Status { get; init; }
}
