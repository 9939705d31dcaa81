namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>TaskDefinitionPlacementConstraint</c>.</summary>
public sealed record TaskDefinitionPlacementConstraint
{
    /// <summary>One of <c>memberOf</c>.</summary>
    public string? Type { get; init; }

    public string? Expression { get; init; }
}
