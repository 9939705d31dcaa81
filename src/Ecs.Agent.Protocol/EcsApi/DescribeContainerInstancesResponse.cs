namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>DescribeContainerInstancesResponse</c>.</summary>
public sealed record DescribeContainerInstancesResponse
{
    public IReadOnlyList<ContainerInstanceDescription>? ContainerInstances { get; init; }

    public IReadOnlyList<Failure>? Failures { get; init; }
}
