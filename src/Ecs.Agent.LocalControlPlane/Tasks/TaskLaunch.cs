using System.Collections.Immutable;
using Ecs.Agent.LocalControlPlane.Clusters;
using Ecs.Agent.LocalControlPlane.Families;
using Ecs.Agent.LocalControlPlane.Placement;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.Tasks;

/// <summary>What RunTask and StartTask have in common: what to run and how it is to be called.</summary>
internal sealed record TaskLaunch
{
    public required Cluster Cluster { get; init; }

    public required RegisteredTaskDefinition Definition { get; init; }

    public required string LaunchType { get; init; }

    public string? Group { get; init; }

    public TaskOverride? Overrides { get; init; }

    public string? StartedBy { get; init; }

    public bool EnableExecuteCommand { get; init; }

    public ImmutableArray<Tag> Tags { get; init; } = [];

    public RunTaskToken? Token { get; init; }

    public ImmutableArray<PlacementRule> Constraints { get; init; } = [];

    public ImmutableArray<PlacementStrategy> Strategy { get; init; } = [];

    /// <summary>The definition as it runs on this machine.</summary>
    public TaskDefinition Runnable => Definition.Adaptation.Definition;

    public string GroupName => Group ?? $"family:{Definition.Definition.Family}";

    public ResourceNeeds Needs => TaskNeeds.Of(Runnable, Overrides);

    public PlacementRequest ToPlacement(int seed) => new()
    {
        Needs = Needs,
        RequiredAttributes = [.. Definition.Adaptation.RequiredAttributes],
        Group = GroupName,
        Constraints = Constraints,
        Strategy = Strategy,
        Seed = seed,
    };
}
