using Ecs.Agent.Domain.Containers;

namespace Ecs.Agent.Domain.Planning;

/// <summary>Why a container does not move although it should: what an operator asks at 3 a.m.</summary>
public abstract record BlockedOn
{
    private BlockedOn()
    {
    }

    /// <summary>Another container has not met a condition yet.</summary>
    public sealed record Dependency(string Container, DependencyCondition Condition) : BlockedOn;

    /// <summary>Other containers depend on this one and must stop first.</summary>
    public sealed record Dependants(System.Collections.Immutable.ImmutableArray<string> Containers) : BlockedOn;

    /// <summary>The host's CPU, memory or ports.</summary>
    public sealed record HostResource(HostResources.HostResourceNeed Need) : BlockedOn;

    /// <summary>A resource of the task that is still being made.</summary>
    /// <param name="Key">Which: its <see cref="Resources.TaskResource.Key"/>.</param>
    public sealed record Resource(string Key) : BlockedOn;

    /// <summary>A step in flight.</summary>
    public sealed record Step(TaskStepKind Kind) : BlockedOn;

    /// <summary>Credentials that the control plane has not sent yet.</summary>
    /// <param name="Role">The role that they are for.</param>
    public sealed record Credentials(string Role) : BlockedOn
    {
        /// <summary>The role that the agent acts as for the task.</summary>
        public static Credentials OfExecution { get; } = new("execution role");
    }

    /// <summary>A timer: a stopped container is removed when it is due.</summary>
    public sealed record Until(DateTimeOffset Time) : BlockedOn;
}
