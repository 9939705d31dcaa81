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

    /// <summary>One is not met yet.</summary>
    /// <param name="Edge">Which.</param>
    /// <param name="Deadline">When it will have timed out, or null.</param>
    public sealed record Waiting(ContainerDependency Edge, DateTimeOffset? Deadline) : DependencyVerdict;

    /// <summary>One never will be.</summary>
    public sealed record Never(ContainerError Error) : DependencyVerdict;
}
