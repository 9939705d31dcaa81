namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>PlacementStrategy</c>.</summary>
public sealed record PlacementStrategy
{
    /// <summary>One of <c>random</c>, <c>spread</c>, <c>binpack</c>.</summary>
    public string? Type { get; init; }

    public string? Field { get; init; }
}
