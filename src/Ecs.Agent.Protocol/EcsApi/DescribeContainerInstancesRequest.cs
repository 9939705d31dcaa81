namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>DescribeContainerInstancesRequest</c>.</summary>
public sealed record DescribeContainerInstancesRequest
{
    public string? Cluster { get; init; }

    /// <summary>Required.</summary>
    public IReadOnlyList<string>? ContainerInstances { get; init; }

    public IReadOnlyList<string>? Include { get; init; }
}
