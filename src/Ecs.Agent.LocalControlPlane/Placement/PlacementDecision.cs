using System.Collections.Immutable;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.Placement;

/// <summary>Where tasks go: the instance of each one placed, and why each instance took no more.</summary>
internal sealed record PlacementDecision(ImmutableArray<string> InstanceArns, ImmutableArray<Failure> Failures);
