using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Secrets;

namespace Ecs.Agent.Infrastructure.Checkpoints.Records;

/// <summary>A container's definition as it is stored; part of a <see cref="TaskDefinitionRecord"/>, and as secret.</summary>
internal sealed class ContainerDefinitionRecord
{
    public string Name { get; set; } = "";

    public ContainerKind Kind { get; set; }

    public string Image { get; set; } = "";

    public bool Essential { get; set; }

    public List<string> Command { get; set; } = [];

    public List<string>? EntryPoint { get; set; }

    public SortedDictionary<string, string> Environment { get; set; } = new(StringComparer.Ordinal);

    public int Cpu { get; set; }

    public int MemoryMiB { get; set; }

    public int MemoryReservationMiB { get; set; }

    public List<string> Links { get; set; } = [];

    public List<PortMapping> PortMappings { get; set; } = [];

    public List<MountPoint> MountPoints { get; set; } = [];

    public List<VolumeFrom> VolumesFrom { get; set; } = [];

    public List<ContainerDependency> DependsOn { get; set; } = [];

    public TimeSpan StartTimeout { get; set; }

    public TimeSpan StopTimeout { get; set; }

    public bool HasHealthCheck { get; set; }

    public RestartPolicyRecord? RestartPolicy { get; set; }

    public DockerConfig DockerConfig { get; set; } = DockerConfig.Empty;

    public List<string> GpuIds { get; set; } = [];

    public List<SecretReference> Secrets { get; set; } = [];

    public List<EnvironmentFile> EnvironmentFiles { get; set; } = [];

    public RegistryAuthenticationRecord? RegistryAuthentication { get; set; }

    public LogsAuthStrategy LogsAuthStrategy { get; set; }

    public string? Arn { get; set; }

    public static ContainerDefinitionRecord Of(ContainerDefinition container) => new()
    {
        Name = container.Name,
        Kind = container.Kind,
        Image = container.Image,
        Essential = container.Essential,
        Command = [.. container.Command],
        EntryPoint = container.EntryPoint is { } entryPoint ? [.. entryPoint] : null,
        Environment = new(container.Environment.ToDictionary(variable => variable.Key, variable => variable.Value), StringComparer.Ordinal),
        Cpu = container.Cpu,
        MemoryMiB = container.MemoryMiB,
        MemoryReservationMiB = container.MemoryReservationMiB,
        Links = [.. container.Links],
        PortMappings = [.. container.PortMappings],
        MountPoints = [.. container.MountPoints],
        VolumesFrom = [.. container.VolumesFrom],
        DependsOn = [.. container.DependsOn],
        StartTimeout = container.StartTimeout,
        StopTimeout = container.StopTimeout,
        HasHealthCheck = container.HasHealthCheck,
        RestartPolicy = RestartPolicyRecord.Of(container.RestartPolicy),
        DockerConfig = container.DockerConfig,
        GpuIds = [.. container.GpuIds],
        Secrets = [.. container.Secrets],
        EnvironmentFiles = [.. container.EnvironmentFiles],
        RegistryAuthentication = RegistryAuthenticationRecord.Of(container.RegistryAuthentication),
        LogsAuthStrategy = container.LogsAuthStrategy,
        Arn = container.Arn,
    };

    public ContainerDefinition ToDefinition() => new()
    {
        Name = Name,
        Kind = Kind,
        Image = Image,
        Essential = Essential,
        Command = [.. Command],
        EntryPoint = EntryPoint is null ? null : [.. EntryPoint],
        Environment = new EnvironmentVariables(Environment),
        Cpu = Cpu,
        MemoryMiB = MemoryMiB,
        MemoryReservationMiB = MemoryReservationMiB,
        Links = [.. Links],
        PortMappings = [.. PortMappings],
        MountPoints = [.. MountPoints],
        VolumesFrom = [.. VolumesFrom],
        DependsOn = [.. DependsOn],
        StartTimeout = StartTimeout,
        StopTimeout = StopTimeout,
        HasHealthCheck = HasHealthCheck,
        RestartPolicy = RestartPolicy?.ToPolicy(),
        DockerConfig = DockerConfig,
        GpuIds = [.. GpuIds],
        Secrets = [.. Secrets],
        EnvironmentFiles = [.. EnvironmentFiles],
        RegistryAuthentication = RegistryAuthentication?.ToAuthentication(),
        LogsAuthStrategy = LogsAuthStrategy,
        Arn = Arn,
    };

    /// <summary>
    /// Arguments are often passwords, environments always may be, and so may options of log drivers. Where secrets are kept is none, but
    /// who has lost
    /// the rest creates nothing and needs them no more.
    /// </summary>
    public void DropSecrets()
    {
        Command = [];
        EntryPoint = null;
        Environment = new(StringComparer.Ordinal);
        DockerConfig = DockerConfig.Empty;
        Secrets = [];
        EnvironmentFiles = [];
        RegistryAuthentication = null;
    }

    public override string ToString() => $"ContainerDefinitionRecord {{ {Name} }}";
}
