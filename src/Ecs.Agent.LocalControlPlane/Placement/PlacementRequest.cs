using System.Collections.Immutable;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.Placement;

/// <summary>What has to be placed.</summary>
internal sealed record PlacementRequest
{
    public required ResourceNeeds Needs { get; init; }

    /// <summary>Attributes every instance must have; one with a value must have that value.</summary>
    public ImmutableArray<EcsAttribute> RequiredAttributes { get; init; } = [];

    /// <summary>The task group, which <c>distinctInstance</c> and <c>task:group</c> speak of.</summary>
    public required string Group { get; init; }

    public ImmutableArray<PlacementRule> Constraints { get; init; } = [];

    public ImmutableArray<PlacementStrategy> Strategy { get; init; } = [];

    /// <summary>What the strategy <c>random</c> draws from.</summary>
    public int Seed { get; init; }
}
