using System.Globalization;
using Ecs.Agent.LocalControlPlane.TaskDefinitions.Attributes;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions;

/// <summary>Turns an accepted request into the revision that DescribeTaskDefinition returns, with ECS's defaults made visible.</summary>
public static class TaskDefinitionRegistration
{
    /// <summary>Registers a request that <see cref="TaskDefinitionValidator"/> found no fault with.</summary>
    /// <param name="request">The accepted request.</param>
    /// <param name="taskDefinitionArn">The ARN of the new revision, ending in <c>family:revision</c>.</param>
    /// <param name="revision">The revision number, from 1.</param>
    /// <param name="registeredAt">The time of registration.</param>
    /// <param name="registeredBy">The ARN of the principal that registers.</param>
    public static TaskDefinition Register(
        RegisterTaskDefinitionRequest request, string taskDefinitionArn, int revision, DateTimeOffset registeredAt, string registeredBy)
    {
        ArgumentNullException.ThrowIfNull(request);
        var definition = new TaskDefinition
        {
            TaskDefinitionArn = taskDefinitionArn,
            Family = request.Family,
            Revision = revision,
            Status = "ACTIVE",
            RegisteredAt = registeredAt,
            RegisteredBy = registeredBy,
            TaskRoleArn = request.TaskRoleArn,
            ExecutionRoleArn = request.ExecutionRoleArn,
            NetworkMode = request.NetworkMode,
            ContainerDefinitions = [.. (request.ContainerDefinitions ?? []).Select(c => WithDefaults(c, request.NetworkMode))],
            Volumes = [.. (request.Volumes ?? []).Select(WithDefaults)],
            PlacementConstraints = request.PlacementConstraints ?? [],
            RequiresCompatibilities = request.RequiresCompatibilities,
            Cpu = Normalised(request.Cpu, TaskSize.CpuUnits),
            Memory = Normalised(request.Memory, TaskSize.MemoryMiB),
            PidMode = request.PidMode,
            IpcMode = request.IpcMode,
            ProxyConfiguration = request.ProxyConfiguration,
            InferenceAccelerators = request.InferenceAccelerators,
            EphemeralStorage = request.EphemeralStorage,
            RuntimePlatform = request.RuntimePlatform,
            EnableFaultInjection = request.EnableFaultInjection,
        };
        return definition with
        {
            RequiresAttributes = RequiredAttributes.Of(definition),
            Compatibilities = Compatibilities.Of(request),
        };
    }

    private static ContainerDefinition WithDefaults(ContainerDefinition container, string? networkMode) => container with
    {
        Cpu = container.Cpu ?? 0,
        Essential = container.Essential ?? true,
        PortMappings = [.. (container.PortMappings ?? []).Select(mapping => WithDefaults(mapping, networkMode))],
        Environment = container.Environment ?? [],
        MountPoints = container.MountPoints ?? [],
        VolumesFrom = container.VolumesFrom ?? [],
        SystemControls = container.SystemControls ?? [],
        HealthCheck = container.HealthCheck is { } check ? WithDefaults(check) : null,
    };

    // Without a fixed host port, awsvpc and host mode expose the container port itself and bridge mode assigns one later (0).
    private static PortMapping WithDefaults(PortMapping mapping, string? networkMode) => mapping with
    {
        Protocol = mapping.Protocol ?? "tcp",
        HostPort = mapping.ContainerPort is not { } port ? mapping.HostPort
            : mapping.HostPort is null or 0 && networkMode is "awsvpc" or "host" ? port
            : mapping.HostPort ?? 0,
    };

    private static HealthCheck WithDefaults(HealthCheck check) => check with
    {
        Interval = check.Interval ?? HealthCheckDefaults.IntervalSeconds,
        Timeout = check.Timeout ?? HealthCheckDefaults.TimeoutSeconds,
        Retries = check.Retries ?? HealthCheckDefaults.Retries,
    };

    private static Volume WithDefaults(Volume volume) => volume switch
    {
        { DockerVolumeConfiguration: { } docker } => volume with
        {
            DockerVolumeConfiguration = docker with { Scope = docker.Scope ?? "task", Driver = docker.Driver ?? "local" },
        },
        { EfsVolumeConfiguration: { } efs } => volume with
        {
            EfsVolumeConfiguration = efs with { RootDirectory = string.IsNullOrEmpty(efs.RootDirectory) ? "/" : efs.RootDirectory },
        },
        { S3filesVolumeConfiguration: null, FsxWindowsFileServerVolumeConfiguration: null, ConfiguredAtLaunch: not true } =>
            volume with { Host = volume.Host ?? new HostVolumeProperties() },
        _ => volume,
    };

    private static string? Normalised(string? size, Func<string, int?> parse) =>
        size is null ? null : parse(size)?.ToString(CultureInfo.InvariantCulture) ?? size;
}
