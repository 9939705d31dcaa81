using System.Collections.Immutable;

namespace Ecs.Agent.Infrastructure.Hosts;

/// <summary>What this machine has been found to be able to do.</summary>
public sealed record HostAbilities
{
    /// <summary>A machine that can do nothing of it.</summary>
    public static HostAbilities None { get; } = new();

    /// <summary>Whether limits of whole tasks are kept.</summary>
    public bool TaskLimits { get; init; }

    /// <summary>Whether containers of a task can share their process and IPC namespaces.</summary>
    public bool PauseContainers { get; init; }

    /// <summary>Docker's volume drivers besides <c>local</c>.</summary>
    public ImmutableArray<string> VolumePlugins { get; init; } = [];
}
