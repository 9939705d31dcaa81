namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>DeregisterTaskDefinitionRequest</c>.</summary>
public sealed record DeregisterTaskDefinitionRequest
{
    /// <summary>Required.</summary>
    public string? TaskDefinition { get; init; }
}
