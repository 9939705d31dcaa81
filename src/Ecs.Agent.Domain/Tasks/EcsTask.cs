using System.Collections.Immutable;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Resources;

namespace Ecs.Agent.Domain.Tasks;

/// <summary>
/// A task on this machine, as one immutable value. <see cref="Desired"/> is written by the control plane and by essential containers,
/// <see cref="Known"/> is derived from the containers, <see cref="Sent"/> is what the control plane has accepted.
/// </summary>
public sealed partial record EcsTask
{
    public required TaskDefinition Definition { get; init; }

    /// <summary>In the order of the definition.</summary>
    public required ImmutableArray<EcsContainer> Containers { get; init; }

    /// <summary>What the task needs besides its containers, and how far each has come.</summary>
    public ImmutableArray<ResourceState> Resources { get; init; } = [];

    public string Arn => Definition.Arn;

    public EcsTaskStatus Desired { get; init; }

    public EcsTaskStatus Known { get; init; }

    public DateTimeOffset KnownSince { get; init; }

    public EcsTaskStatus Sent { get; init; }

    public HostResourceClaim HostResources { get; init; }

    /// <summary>When all containers were first up together; null if that never happened.</summary>
    public DateTimeOffset? RunningSince { get; init; }

    public DateTimeOffset? PullStartedAt { get; init; }

    public DateTimeOffset? PullStoppedAt { get; init; }

    /// <summary>When the first essential container was found STOPPED.</summary>
    public DateTimeOffset? ExecutionStoppedAt { get; init; }

    /// <summary>Why the task itself failed; empty when a container's own reason says it all.</summary>
    public string TerminalReason { get; init; } = "";

    /// <summary>What made <see cref="Desired"/> STOPPED first; null while the task should run.</summary>
    public StopCause? StopCause { get; init; }

    /// <summary>An operator asked for the clean-up; it does not wait any longer.</summary>
    public bool CleanUpDue { get; init; }

    /// <summary>The container of that name, or null.</summary>
    public EcsContainer? Find(string container)
    {
        foreach (var candidate in Containers)
        {
            if (candidate.Name == container)
            {
                return candidate;
            }
        }

        return null;
    }
}
