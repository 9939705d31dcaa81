using System.Collections.Immutable;
using Ecs.Agent.Domain.Registries;
using Ecs.Agent.Domain.Secrets;

namespace Ecs.Agent.Domain.Containers;

/// <summary>
/// A container as the control plane wants it: one entry of a task's <c>containers</c>. Never changes while the task lives.
/// </summary>
public sealed record ContainerDefinition
{
    /// <summary>Its identity inside the task.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the task definition names it or the agent has added it.</summary>
    public ContainerKind Kind { get; init; }

    /// <summary>Added by the agent: the control plane does not know of it.</summary>
    public bool IsInternal => Kind != ContainerKind.Normal;

    /// <summary>The image reference exactly as the task definition has it.</summary>
    public required string Image { get; init; }

    /// <summary>Whether the task stops when this container does.</summary>
    public bool Essential { get; init; }

    public ImmutableArray<string> Command { get; init; } = [];

    /// <summary>Null leaves the image's entry point.</summary>
    public ImmutableArray<string>? EntryPoint { get; init; }

    public EnvironmentVariables Environment { get; init; } = EnvironmentVariables.Empty;

    /// <summary>CPU shares, 1024 to a vCPU; 0 means the smallest share.</summary>
    public int Cpu { get; init; }

    /// <summary>Hard memory limit in MiB; 0 means none.</summary>
    public int MemoryMiB { get; init; }

    /// <summary>
    /// Soft memory limit in MiB, as found in <see cref="DockerConfig"/>; 0 means none. Counts for placement before <see cref="MemoryMiB"/>.
    /// </summary>
    public int MemoryReservationMiB { get; init; }

    /// <summary>The GPUs of this machine that are this container's alone (associations of type <c>gpu</c>).</summary>
    public ImmutableArray<string> GpuIds { get; init; } = [];

    /// <summary><c>container</c> or <c>container:alias</c>.</summary>
    public ImmutableArray<string> Links { get; init; } = [];

    public ImmutableArray<PortMapping> PortMappings { get; init; } = [];

    public ImmutableArray<MountPoint> MountPoints { get; init; } = [];

    public ImmutableArray<VolumeFrom> VolumesFrom { get; init; } = [];

    /// <summary>What this container waits for: <c>dependsOn</c>, plus what links and volumesFrom imply.</summary>
    public ImmutableArray<ContainerDependency> DependsOn { get; init; } = [];

    /// <summary>How long dependants wait for this container to complete, succeed or become healthy; zero means for ever.</summary>
    public TimeSpan StartTimeout { get; init; }

    /// <summary>Between TERM and KILL; zero means the agent's default.</summary>
    public TimeSpan StopTimeout { get; init; }

    /// <summary>Whether Docker's health check of this container is watched and reported.</summary>
    public bool HasHealthCheck { get; init; }

    public RestartPolicy? RestartPolicy { get; init; }

    public DockerConfig DockerConfig { get; init; } = DockerConfig.Empty;

    /// <summary>Values that are kept elsewhere and that the container or its log driver is given.</summary>
    public ImmutableArray<SecretReference> Secrets { get; init; } = [];

    /// <summary>Files whose variables the container is given, the first one that has a variable wins.</summary>
    public ImmutableArray<EnvironmentFile> EnvironmentFiles { get; init; } = [];

    /// <summary>How to log in to the image's registry; null means with what this machine is configured with.</summary>
    public RegistryAuthentication? RegistryAuthentication { get; init; }

    public LogsAuthStrategy LogsAuthStrategy { get; init; }

    /// <summary>The container's ARN where the control plane gives one.</summary>
    public string? Arn { get; init; }
}
