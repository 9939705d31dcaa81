namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>ListTasksRequest</c>.</summary>
public sealed record ListTasksRequest
{
    public string? Cluster { get; init; }

    public string? ContainerInstance { get; init; }

    public string? Family { get; init; }

    public string? NextToken { get; init; }

    public int? MaxResults { get; init; }

    public string? StartedBy { get; init; }

    public string? ServiceName { get; init; }

    /// <summary>One of <c>RUNNING</c>, <c>PENDING</c>, <c>STOPPED</c>.</summary>
    public string? DesiredStatus { get; init; }

    /// <summary>One of <c>EC2</c>, <c>FARGATE</c>, <c>EXTERNAL</c>, <c>MANAGED_INSTANCES</c>.</summary>
    public string? LaunchType { get; init; }

    public string? DaemonName { get; init; }
}
