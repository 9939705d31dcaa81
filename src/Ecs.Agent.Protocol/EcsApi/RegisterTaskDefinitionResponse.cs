namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>RegisterTaskDefinitionResponse</c>.</summary>
public sealed record RegisterTaskDefinitionResponse
{
    public TaskDefinition? TaskDefinition { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }
}
