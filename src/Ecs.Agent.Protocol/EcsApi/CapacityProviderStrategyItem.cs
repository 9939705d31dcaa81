namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>CapacityProviderStrategyItem</c>.</summary>
public sealed record CapacityProviderStrategyItem
{
    /// <summary>Required.</summary>
    public string? CapacityProvider { get; init; }

    public int? Weight { get; init; }

    public int? Base { get; init; }
}
