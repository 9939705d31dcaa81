using System.Collections.Immutable;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Application.Runtime;

/// <summary>Everything that goes into one create request; names are already resolved.</summary>
public sealed record ContainerCreation
{
    /// <summary>The container's name in Docker, chosen when the task was admitted.</summary>
    public required string DockerName { get; init; }

    public required TaskDefinition Task { get; init; }

    public required ContainerDefinition Container { get; init; }

    /// <summary>The cluster in effect, for the label.</summary>
    public required string Cluster { get; init; }

    /// <summary>
    /// The container instance, for the label by which the container is found again without any saved state; null where none is kept.
    /// </summary>
    public string? ContainerInstanceArn { get; init; }

    /// <summary>Where the agent keeps its state: together with the cluster this tells the agents of one machine apart.</summary>
    public string DataDirectory { get; init; } = "";

    /// <summary>The definition's environment with what the agent injects.</summary>
    public required EnvironmentVariables Environment { get; init; }

    /// <summary>Name in the task → name in Docker, for links and volumesFrom.</summary>
    public required ImmutableDictionary<string, string> DockerNames { get; init; }

    /// <summary>Docker's id of the container that holds the task's shared namespaces; null where the task has none.</summary>
    public string? NamespacePauseId { get; init; }

    /// <summary>The runtime that Docker starts the container with; null for its default.</summary>
    public string? Runtime { get; init; }

    /// <summary>Ids of the GPUs that Docker itself is asked for; null to ask for none.</summary>
    public ImmutableArray<string>? RequestedGpus { get; init; }

    /// <summary>The control group that the container lies in; null for Docker's own.</summary>
    public string? CgroupParent { get; init; }

    /// <summary>A memory limit in MiB for a container that has none of its own but could not see its task's; 0 means none.</summary>
    public int InheritedMemoryMiB { get; init; }

    /// <summary>Labels that the machine's configuration adds; ECS's own win over them.</summary>
    public ImmutableSortedDictionary<string, string> ConfiguredLabels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Options of the log driver that are secret; they win over the definition's.</summary>
    public EnvironmentVariables SecretLogOptions { get; init; } = EnvironmentVariables.Empty;

    /// <summary>The region in effect: where the log driver finds CloudWatch Logs.</summary>
    public string Region { get; init; } = "";

    public override string ToString() => $"ContainerCreation {{ {DockerName} }}";
}
