using System.Collections.Immutable;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.HostResources;
using Ecs.Agent.Domain.Images;
using Ecs.Agent.Domain.Planning;

namespace Ecs.Agent.Domain.Explaining;

/// <summary>One thing that a task or container waits for, with what an operator needs to judge it.</summary>
/// <param name="Since">Since when; null where nobody took the time.</param>
public abstract record Wait(DateTimeOffset? Since)
{
    /// <summary>Another container has not met a condition yet.</summary>
    /// <param name="Container">The other one.</param>
    /// <param name="Condition">What it must do.</param>
    /// <param name="Deadline">When the waiting container is given up for it; null means never.</param>
    public sealed record Dependency(
        DateTimeOffset? Since, string Container, DependencyCondition Condition, DateTimeOffset? Deadline) : Wait(Since);

    /// <summary>Containers that depend on this one stop first.</summary>
    public sealed record Dependants(DateTimeOffset? Since, ImmutableArray<string> Containers) : Wait(Since);

    /// <summary>CPU, memory or ports of this machine.</summary>
    /// <param name="Need">What the task needs.</param>
    /// <param name="Shortages">What of it is not free; empty when the task waits for those before it only.</param>
    /// <param name="Place">Its place in the line, from 1.</param>
    /// <param name="Ahead">The tasks before it, first come first.</param>
    public sealed record HostResources(
        DateTimeOffset? Since,
        HostResourceNeed Need,
        ImmutableArray<HostShortage> Shortages,
        int Place,
        ImmutableArray<string> Ahead) : Wait(Since);

    /// <summary>It is not known yet what this machine has: the agent has not been registered.</summary>
    public sealed record Registration(DateTimeOffset? Since) : Wait(Since);

    /// <summary>An image that is being pulled, or is in line for it.</summary>
    /// <param name="Image">The reference.</param>
    /// <param name="Pull">How far it has come; null where the pull queue does not say.</param>
    public sealed record ImagePull(DateTimeOffset? Since, string Image, PullState? Pull) : Wait(Since);

    /// <summary>A resource of the task that is being made.</summary>
    /// <param name="Since">When that began.</param>
    /// <param name="Key">Which: its <see cref="Resources.TaskResource.Key"/>.</param>
    public sealed record Resource(DateTimeOffset? Since, string Key) : Wait(Since);

    /// <summary>Credentials that the control plane has not sent.</summary>
    public sealed record Credentials(DateTimeOffset? Since, string Role) : Wait(Since);

    /// <summary>The end of a container that was sent its stop signal.</summary>
    /// <param name="KillAt">When it is killed.</param>
    public sealed record StopSignal(DateTimeOffset? Since, DateTimeOffset KillAt) : Wait(Since);

    /// <summary>The answer of Docker, of a registry or of the control plane to a step.</summary>
    public sealed record Step(DateTimeOffset? Since, TaskStepKind Kind) : Wait(Since);

    /// <summary>The time at which clean-up removes what the stopped task has left.</summary>
    public sealed record CleanUp(DateTimeOffset? Since, DateTimeOffset Due) : Wait(Since);
}
