using System.Collections.Immutable;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Checking;

/// <summary>What a target makes of a definition.</summary>
public sealed record TargetReport
{
    public required CheckTarget Target { get; init; }

    /// <summary>Everything that is worth saying; empty where the definition runs just as it is written.</summary>
    public required ImmutableArray<TargetFinding> Findings { get; init; }

    /// <summary>Whether tasks of it run there, given that what they need is set up.</summary>
    public bool CanRun => Findings.All(finding => finding.Kind != FindingKind.Refused);
}
