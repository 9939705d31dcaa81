namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>DeregisterTaskDefinitionResponse</c>.</summary>
public sealed record DeregisterTaskDefinitionResponse
{
    public TaskDefinition? TaskDefinition { get; init; }
}
