using Ecs.Agent.LocalControlPlane.Placement.Queries;

namespace Ecs.Agent.LocalControlPlane.Placement;

/// <summary>A placement constraint, parsed: either <c>distinctInstance</c> (no expression) or <c>memberOf</c>.</summary>
internal sealed record PlacementRule(ClusterQuery? MemberOf);
