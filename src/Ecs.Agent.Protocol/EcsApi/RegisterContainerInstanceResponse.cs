namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>RegisterContainerInstanceResponse</c>.</summary>
public sealed record RegisterContainerInstanceResponse
{
    public ContainerInstanceDescription? ContainerInstance { get; init; }
}
