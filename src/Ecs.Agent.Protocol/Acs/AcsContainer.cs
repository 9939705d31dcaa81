namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>Container</c>.</summary>
public sealed record AcsContainer
{
    public IReadOnlyList<string>? Command { get; init; }

    public string? ContainerArn { get; init; }

    public int? Cpu { get; init; }

    public IReadOnlyList<string>? CredentialSpecs { get; init; }

    public IReadOnlyList<ContainerDependency>? DependsOn { get; init; }

    public DockerConfig? DockerConfig { get; init; }

    public IReadOnlyList<string>? EntryPoint { get; init; }

    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    public IReadOnlyList<EnvironmentFile>? EnvironmentFiles { get; init; }

    public bool? Essential { get; init; }

    public FirelensConfiguration? FirelensConfiguration { get; init; }

    /// <summary>One of <c>docker</c>.</summary>
    public string? HealthCheckType { get; init; }

    public string? Image { get; init; }

    public IReadOnlyList<string>? Links { get; init; }

    public LinuxParameters? LinuxParameters { get; init; }

    /// <summary>One of <c>ExecutionRole</c>.</summary>
    public string? LogsAuthStrategy { get; init; }

    public IReadOnlyList<ManagedAgent>? ManagedAgents { get; init; }

    public int? Memory { get; init; }

    public IReadOnlyList<MountPoint>? MountPoints { get; init; }

    public string? Name { get; init; }

    public IReadOnlyList<string>? NetworkInterfaceNames { get; init; }

    public string? Overrides { get; init; }

    public IReadOnlyList<PortMapping>? PortMappings { get; init; }

    public bool? Privileged { get; init; }

    public RegistryAuthenticationData? RegistryAuthentication { get; init; }

    public RestartPolicy? RestartPolicy { get; init; }

    public IReadOnlyList<Secret>? Secrets { get; init; }

    public int? StartTimeout { get; init; }

    public int? StopTimeout { get; init; }

    public IReadOnlyList<VolumeFrom>? VolumesFrom { get; init; }
}
