namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>PlacementConstraint</c>.</summary>
public sealed record PlacementConstraint
{
    /// <summary>One of <c>distinctInstance</c>, <c>memberOf</c>.</summary>
    public string? Type { get; init; }

    public string? Expression { get; init; }
}
