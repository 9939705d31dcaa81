using Ecs.Agent.Domain.Containers;

namespace Ecs.Agent.Domain.Planning;

/// <summary>What a container's dependencies say to its next move.</summary>
public abstract record DependencyVerdict
{
    private DependencyVerdict()
    {
    }

    /// <summary>All are met.</summary>
    public sealed record Met : DependencyVerdict
    {
        public static Met Instance { get; } = new();
    }

    /// <summary>At least one is not met yet.</summary>
    /// <param name="Edge">The first such.</param>
    /// <param name="Deadline">When the first of them will have timed out, or null.</param>
    public sealed record Waiting(ContainerDependency Edge, DateTimeOffset? Deadline) : DependencyVerdict;

    /// <summary>One never will be.</summary>
    /// <param name="Edge">Which.</param>
    /// <param name="Error">What the control plane gets to hear.</param>
    public sealed record Never(ContainerDependency Edge, ContainerError Error) : DependencyVerdict;
}
