namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>DescribeTasksRequest</c>.</summary>
public sealed record DescribeTasksRequest
{
    public string? Cluster { get; init; }

    /// <summary>Required.</summary>
    public IReadOnlyList<string>? Tasks { get; init; }

    public IReadOnlyList<string>? Include { get; init; }
}
