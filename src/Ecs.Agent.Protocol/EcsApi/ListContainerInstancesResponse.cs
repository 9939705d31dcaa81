namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>ListContainerInstancesResponse</c>.</summary>
public sealed record ListContainerInstancesResponse
{
    public IReadOnlyList<string>? ContainerInstanceArns { get; init; }

    public string? NextToken { get; init; }
}
