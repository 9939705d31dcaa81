using System.Collections.Immutable;
using Ecs.Agent.Domain.Containers;

namespace Ecs.Agent.Domain.Explaining;

/// <summary>Why one container of a task is as it is.</summary>
public sealed record ContainerExplanation
{
    public required string Name { get; init; }

    public required string Image { get; init; }

    public required bool Essential { get; init; }

    public required string DockerName { get; init; }

    /// <summary>Docker's id, once created.</summary>
    public string? RuntimeId { get; init; }

    public required ContainerStatus Desired { get; init; }

    public required ContainerStatus Known { get; init; }

    public required DateTimeOffset KnownSince { get; init; }

    /// <summary>Null for a container without a health check.</summary>
    public HealthStatus? Health { get; init; }

    public int RestartCount { get; init; }

    /// <summary>Its hard memory limit in MiB; 0 means none of its own.</summary>
    public int MemoryMiB { get; init; }

    /// <summary>Whether it has run, so that there may be output of it.</summary>
    public bool HasRun { get; init; }

    /// <summary>Whether clean-up has removed it, its output included.</summary>
    public bool Removed { get; init; }

    /// <summary>What went wrong without ending it, such as a pull that the copy on this machine made up for; null when nothing.</summary>
    public ContainerError? Trouble { get; init; }

    /// <summary>What it waits for; empty when it is where it should be.</summary>
    public ImmutableArray<Wait> Waits { get; init; } = [];

    /// <summary>How it ended; null while it has not.</summary>
    public ContainerEnd? End { get; init; }
}
