using System.Collections.Immutable;
using System.Globalization;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Domain.Images;

namespace Ecs.Agent.Infrastructure.Configuration;

/// <summary>
/// Turns the documented environment variables into <see cref="AgentOptions"/>. Pure: it reads nothing but its arguments. A value that can
/// be mended (clamped to a bound, replaced by its default) is a warning; one that cannot is an error, and all errors are found at once.
/// </summary>
public static class AgentOptionsLoader
{
    // The kernel has no more process ids than that.
    private const int MostPids = 4194304;

    private static readonly string[] KnownLoggingDrivers =
    [
        "json-file", "syslog", "journald", "gelf", "fluentd", "awslogs", "splunk", "logentries", "sumologic", "none", "awsfirelens",
    ];

    /// <summary>Whether the region has to come from the instance metadata service.</summary>
    public static bool NeedsInstanceRegion(IReadOnlyDictionary<string, string> environment)
    {
        var reader = new VariableReader(environment);
        return reader.Trimmed("AWS_DEFAULT_REGION") is null && !reader.Boolean("ECS_EXTERNAL", otherwise: false);
    }

    /// <param name="environment">The process environment.</param>
    /// <param name="instanceRegion">The region that the instance metadata service gave; used only where the environment has none.</param>
    /// <param name="handledElsewhere">Documented variables that the host acts upon itself (those of logging, say).</param>
    public static AgentOptionsResult Load(
        IReadOnlyDictionary<string, string> environment,
        string? instanceRegion = null,
        IReadOnlySet<string>? handledElsewhere = null)
    {
        ArgumentNullException.ThrowIfNull(environment);
        var reader = new VariableReader(environment);
        var options = Read(reader, instanceRegion);
        WarnOfVariablesWithoutEffect(reader, handledElsewhere);
        return new AgentOptionsResult(reader.Errors.IsEmpty ? options : null, reader.Warnings, reader.Errors);
    }

    private static AgentOptions Read(VariableReader reader, string? instanceRegion)
    {
        var defaults = new AgentOptions { Region = "" };
        var external = reader.Boolean("ECS_EXTERNAL", defaults.External);
        return defaults with
        {
            Cluster = reader.Trimmed("ECS_CLUSTER") ?? defaults.Cluster,
            Region = ReadRegion(reader, external ? null : instanceRegion),
            BackendEndpoint = ReadBackendEndpoint(reader),
            DockerHost = ReadDockerHost(reader, defaults.DockerHost),
            RegistryLogins = EngineAuthReader.Read(reader.Trimmed("ECS_ENGINE_AUTH_TYPE"), reader.Text("ECS_ENGINE_AUTH_DATA"), reader.Warn),
            Checkpoint = reader.Boolean("ECS_CHECKPOINT", otherwise: reader.Text("ECS_DATADIR") is not null),
            DataDirectory = reader.Text("ECS_DATADIR") ?? defaults.DataDirectory,
            DockerTlsVerify = reader.Text("DOCKER_TLS_VERIFY") is not null,
            DockerCertificateDirectory = reader.Text("DOCKER_CERT_PATH") ?? (reader.Text("HOME") ?? "") + "/.docker",
            ContainerStopTimeout =
                reader.DurationClamped("ECS_CONTAINER_STOP_TIMEOUT", defaults.ContainerStopTimeout, TimeSpan.FromSeconds(1)),
            ContainerStartTimeout =
                reader.DurationClamped("ECS_CONTAINER_START_TIMEOUT", defaults.ContainerStartTimeout, TimeSpan.FromSeconds(45)),
            ContainerCreateTimeout =
                reader.DurationClamped("ECS_CONTAINER_CREATE_TIMEOUT", defaults.ContainerCreateTimeout, TimeSpan.FromMinutes(1)),
            ManifestPullTimeout =
                reader.DurationClamped("ECS_MANIFEST_PULL_TIMEOUT", defaults.ManifestPullTimeout, TimeSpan.FromSeconds(30)),
            ImagePullTimeout = ReadImagePullTimeout(reader, defaults.ImagePullTimeout),
            ImagePullInactivityTimeout =
                reader.DurationClamped("ECS_IMAGE_PULL_INACTIVITY_TIMEOUT", defaults.ImagePullInactivityTimeout, TimeSpan.FromMinutes(1)),
            ImagePullBehavior = ReadImagePullBehavior(reader.Text("ECS_IMAGE_PULL_BEHAVIOR")),
            TaskCleanupWait =
                reader.DurationOrReset("ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION", defaults.TaskCleanupWait, TimeSpan.FromSeconds(1)),
            TaskCleanupWaitJitter =
                reader.DurationOrReset("ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION_JITTER", defaults.TaskCleanupWaitJitter, TimeSpan.Zero),
            ImageCleanupDisabled = reader.Boolean("ECS_DISABLE_IMAGE_CLEANUP", defaults.ImageCleanupDisabled),
            ImageCleanupInterval =
                reader.DurationOrReset("ECS_IMAGE_CLEANUP_INTERVAL", defaults.ImageCleanupInterval, TimeSpan.FromMinutes(10)),
            ImageMinimumCleanupAge = reader.Duration("ECS_IMAGE_MINIMUM_CLEANUP_AGE", defaults.ImageMinimumCleanupAge),
            UntrackedImageMinimumCleanupAge =
                reader.Duration("NON_ECS_IMAGE_MINIMUM_CLEANUP_AGE", defaults.UntrackedImageMinimumCleanupAge),
            ImagesDeletedPerCycle = reader.CountOrReset("ECS_NUM_IMAGES_DELETE_PER_CYCLE", defaults.ImagesDeletedPerCycle),
            UntrackedContainersDeletedPerCycle =
                ReadContainersPerCycle(reader, defaults.UntrackedContainersDeletedPerCycle),
            UntrackedCleanupEnabled = reader.Boolean("ECS_ENABLE_UNTRACKED_IMAGE_CLEANUP", defaults.UntrackedCleanupEnabled),
            ImageCleanupExclusions = [.. reader.Text("ECS_EXCLUDE_UNTRACKED_IMAGE")?.Split(',') ?? []],
            ConcurrentImagePulls = reader.CountOrReset("ECS_CONCURRENT_IMAGE_PULLS", defaults.ConcurrentImagePulls),
            ImageDiskMinFree = ReadImageDiskMinFree(reader),
            MaxStoppedContainers = ReadMaxStoppedContainers(reader),
            ReservedMemoryMiB = reader.Unsigned16("ECS_RESERVED_MEMORY"),
            ReservedTcpPorts = reader.Ports("ECS_RESERVED_PORTS", defaults.ReservedTcpPorts),
            ReservedUdpPorts = reader.Ports("ECS_RESERVED_PORTS_UDP", defaults.ReservedUdpPorts),
            InstanceAttributes = reader.TextMap("ECS_INSTANCE_ATTRIBUTES"),
            InstanceTags = reader.TextMap("ECS_CONTAINER_INSTANCE_TAGS"),
            LoggingDrivers = ReadLoggingDrivers(reader, defaults.LoggingDrivers),
            PrivilegedDisabled = reader.Boolean("ECS_DISABLE_PRIVILEGED", defaults.PrivilegedDisabled),
            SELinuxCapable = reader.Boolean("ECS_SELINUX_CAPABLE", defaults.SELinuxCapable),
            AppArmorCapable = reader.Boolean("ECS_APPARMOR_CAPABLE", defaults.AppArmorCapable),
            DockerHealthCheckDisabled = reader.Boolean("ECS_DISABLE_DOCKER_HEALTH_CHECK", defaults.DockerHealthCheckDisabled),
            DetailedOsFamily =
                reader.IsPresent("ECS_DETAILED_OS_FAMILY") ? reader.Text("ECS_DETAILED_OS_FAMILY") ?? "" : defaults.DetailedOsFamily,
            DynamicHostPortRange = reader.PortRange("ECS_DYNAMIC_HOST_PORT_RANGE"),
            ExcludeIpv6PortBindings = reader.Boolean("ECS_EXCLUDE_IPV6_PORTBINDING", defaults.ExcludeIpv6PortBindings),
            GpuSupport = reader.Boolean("ECS_ENABLE_GPU_SUPPORT", defaults.GpuSupport),
            NvidiaRuntime = reader.Trimmed("ECS_NVIDIA_RUNTIME") ?? defaults.NvidiaRuntime,
            InferentiaSupport = reader.Boolean("ECS_ENABLE_INF_SUPPORT", defaults.InferentiaSupport),
            External = external,
            AlternateCredentialProfile = reader.Text("ECS_ALTERNATE_CREDENTIAL_PROFILE") ?? defaults.AlternateCredentialProfile,
            SharedVolumeMatchFullConfig = reader.Boolean("ECS_SHARED_VOLUME_MATCH_FULL_CONFIG", defaults.SharedVolumeMatchFullConfig),
            TaskCgroups = ReadTaskCgroups(reader, defaults.TaskCgroups),
            CgroupPath = reader.Text("ECS_CGROUP_PATH") ?? defaults.CgroupPath,
            CgroupCpuPeriod = reader.DurationWithin(
                "ECS_CGROUP_CPU_PERIOD", defaults.CgroupCpuPeriod, TimeSpan.FromMilliseconds(8), TimeSpan.FromMilliseconds(100)),
            TaskPidsLimit = ReadTaskPidsLimit(reader),
            TaskMemoryLimitPropagated =
                reader.Boolean("ECS_PROPAGATE_TASK_MEMORY_LIMIT_CGROUPV2", defaults.TaskMemoryLimitPropagated),
            VolumePluginCapabilities = reader.Texts("ECS_VOLUME_PLUGIN_CAPABILITIES", defaults.VolumePluginCapabilities),
            PauseLabels = reader.TextMapOrNone("ECS_PAUSE_LABELS"),
            PullDependentContainersUpfront =
                reader.Boolean("ECS_PULL_DEPENDENT_CONTAINERS_UPFRONT", defaults.PullDependentContainersUpfront),
        };
    }

    private static string ReadRegion(VariableReader reader, string? instanceRegion)
    {
        var region = reader.Trimmed("AWS_DEFAULT_REGION") ?? instanceRegion?.Trim() ?? "";
        if (region.Length == 0)
        {
            reader.Fail("Missing required fields: AWSRegion");
        }

        return region;
    }

    private static Uri? ReadBackendEndpoint(VariableReader reader)
    {
        if (reader.Trimmed("ECS_BACKEND_HOST") is not { } text)
        {
            return null;
        }

        var hasScheme = text.StartsWith("http://", StringComparison.Ordinal) || text.StartsWith("https://", StringComparison.Ordinal);
        if (Uri.TryCreate(hasScheme ? text : "https://" + text, UriKind.Absolute, out var endpoint))
        {
            return endpoint;
        }

        reader.Fail("ECS_BACKEND_HOST must be a host or an http:// or https:// URL");
        return null;
    }

    private static Uri ReadDockerHost(VariableReader reader, Uri otherwise)
    {
        if (reader.Text("DOCKER_HOST") is not { } text)
        {
            return otherwise;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var host))
        {
            return host;
        }

        reader.Fail("DOCKER_HOST must be a URL such as unix:///var/run/docker.sock");
        return otherwise;
    }

    /// <summary>A negative limit is allowed and means that no pull ever has time enough.</summary>
    private static TimeSpan ReadImagePullTimeout(VariableReader reader, TimeSpan otherwise)
    {
        var timeout = reader.Duration("ECS_IMAGE_PULL_TIMEOUT", otherwise);
        return timeout < TimeSpan.Zero ? TimeSpan.FromTicks(1) : timeout;
    }

    /// <summary>A negative number lifts the limit; zero is the same as unset.</summary>
    private static int? ReadContainersPerCycle(VariableReader reader, int? otherwise) =>
        reader.Integer("NONECS_NUM_CONTAINERS_DELETE_PER_CYCLE") switch
        {
            null or 0 => otherwise,
            < 0 => null,
            { } number => number,
        };

    /// <summary>A mark that cannot be read must not pass for one that is not wanted: the disk would fill up one day.</summary>
    private static DiskWatermark? ReadImageDiskMinFree(VariableReader reader)
    {
        if (reader.Trimmed("ECS_IMAGE_DISK_MIN_FREE") is not { } text)
        {
            return null;
        }

        if (DiskWatermarkText.TryParse(text, out var mark))
        {
            return mark;
        }

        reader.Fail($"ECS_IMAGE_DISK_MIN_FREE is '{text}' but must be an amount such as 10GiB or 500MB, or a share of the disk such as 15%");
        return null;
    }

    private static int? ReadMaxStoppedContainers(VariableReader reader)
    {
        const string name = "ECS_MAX_STOPPED_CONTAINERS";
        if (reader.Trimmed(name) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var most))
        {
            return most;
        }

        reader.Fail($"{name} is '{text}' but must be a whole number from 0");
        return null;
    }

    /// <summary>Said and not said are told apart: an agent that was asked for limits must not run without them.</summary>
    private static TaskCgroupMode ReadTaskCgroups(VariableReader reader, TaskCgroupMode otherwise) =>
        reader.Switch("ECS_ENABLE_TASK_CPU_MEM_LIMIT") switch
        {
            true => TaskCgroupMode.Required,
            false => TaskCgroupMode.Off,
            null => otherwise,
        };

    private static int? ReadTaskPidsLimit(VariableReader reader)
    {
        const string name = "ECS_TASK_PIDS_LIMIT";
        if (reader.Trimmed(name) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var most) && most is > 0 and <= MostPids)
        {
            return most;
        }

        reader.Warn($"{name} is '{text}' but must be a whole number from 1 to {MostPids}: the processes of tasks are not limited");
        return null;
    }

    private static ImagePullBehavior ReadImagePullBehavior(string? text) => text switch
    {
        "always" => ImagePullBehavior.Always,
        "once" => ImagePullBehavior.Once,
        "prefer-cached" => ImagePullBehavior.PreferCached,
        _ => ImagePullBehavior.Default,
    };

    private static ImmutableArray<string> ReadLoggingDrivers(VariableReader reader, ImmutableArray<string> otherwise)
    {
        var drivers = reader.Texts("ECS_AVAILABLE_LOGGING_DRIVERS", otherwise);
        var unknown = drivers.Where(driver => !KnownLoggingDrivers.Contains(driver)).ToArray();
        if (unknown.Length > 0)
        {
            reader.Fail($"Invalid logging drivers: {string.Join(", ", unknown)}");
        }

        return drivers;
    }

    private static void WarnOfVariablesWithoutEffect(VariableReader reader, IReadOnlySet<string>? handledElsewhere)
    {
        var names = DocumentedVariables.WithoutEffect
            .Where(variable => handledElsewhere?.Contains(variable.Name) != true)
            .Where(variable => reader.Text(variable.Name) is { } text && !Satisfied(variable, text))
            .Select(variable => variable.Name)
            .ToArray();
        if (names.Length > 0)
        {
            reader.Warn($"without effect in this build: {string.Join(", ", names)}");
        }
    }

    private static bool Satisfied(DocumentedVariable variable, string text) =>
        variable.SatisfiedBy is { } setting && GoBoolean.Parse(text) == setting;
}
