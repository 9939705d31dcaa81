using System.Collections.Immutable;
using Ecs.Agent.Domain.Images;
using Ecs.Agent.Domain.Registries;

namespace Ecs.Agent.Application.Configuration;

/// <summary>
/// The agent's configuration, complete and checked. Defaults are those of the documented variables; the loader
/// (Infrastructure/Configuration) fills it from the environment.
/// </summary>
public sealed record AgentOptions
{
    /// <summary><c>ECS_CLUSTER</c>: name or ARN; empty means the cluster <c>default</c>, created where it is missing.</summary>
    public string Cluster { get; init; } = "";

    /// <summary><c>AWS_DEFAULT_REGION</c>.</summary>
    public required string Region { get; init; }

    /// <summary><c>ECS_BACKEND_HOST</c> as a URL; null means the region's own endpoint.</summary>
    public Uri? BackendEndpoint { get; init; }

    /// <summary><c>DOCKER_HOST</c>.</summary>
    public Uri DockerHost { get; init; } = new("unix:///var/run/docker.sock");

    /// <summary><c>DOCKER_TLS_VERIFY</c>: whether the daemon must be reached over TLS, each side proving who it is.</summary>
    public bool DockerTlsVerify { get; init; }

    /// <summary><c>DOCKER_CERT_PATH</c>: the directory with <c>ca.pem</c>, <c>cert.pem</c> and <c>key.pem</c> for that.</summary>
    public string DockerCertificateDirectory { get; init; } = "";

    /// <summary><c>ECS_ENGINE_AUTH_TYPE</c> and <c>ECS_ENGINE_AUTH_DATA</c>: the logins for private registries.</summary>
    public RegistryLogins RegistryLogins { get; init; } = RegistryLogins.None;

    /// <summary>
    /// <c>ECS_CHECKPOINT</c>: whether the agent's state outlives the process. Without it each start registers a new container instance and knows
    /// nothing of earlier tasks.
    /// </summary>
    public bool Checkpoint { get; init; }

    /// <summary><c>ECS_DATADIR</c>: the directory of that state, held by one agent at a time.</summary>
    public string DataDirectory { get; init; } = "/data/";

    /// <summary><c>ECS_CONTAINER_STOP_TIMEOUT</c>, at least one second.</summary>
    public TimeSpan ContainerStopTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary><c>ECS_CONTAINER_START_TIMEOUT</c>.</summary>
    public TimeSpan ContainerStartTimeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary><c>ECS_CONTAINER_CREATE_TIMEOUT</c>.</summary>
    public TimeSpan ContainerCreateTimeout { get; init; } = TimeSpan.FromMinutes(4);

    /// <summary><c>ECS_MANIFEST_PULL_TIMEOUT</c>.</summary>
    public TimeSpan ManifestPullTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary><c>ECS_IMAGE_PULL_TIMEOUT</c>.</summary>
    public TimeSpan ImagePullTimeout { get; init; } = TimeSpan.FromHours(2);

    /// <summary><c>ECS_IMAGE_PULL_INACTIVITY_TIMEOUT</c>.</summary>
    public TimeSpan ImagePullInactivityTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary><c>ECS_IMAGE_PULL_BEHAVIOR</c>.</summary>
    public ImagePullBehavior ImagePullBehavior { get; init; } = ImagePullBehavior.Default;

    /// <summary><c>ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION</c>: from a task's STOPPED to its clean-up; at least one second.</summary>
    public TimeSpan TaskCleanupWait { get; init; } = TimeSpan.FromHours(3);

    /// <summary><c>ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION_JITTER</c>: at most so much is added, more or less for each task.</summary>
    public TimeSpan TaskCleanupWaitJitter { get; init; } = TimeSpan.Zero;

    /// <summary>
    /// How long an agent that stops goes on trying to tell the control plane what it does not know yet. What is not told by then is told
    /// after the next start. Zero tells nothing.
    /// </summary>
    public TimeSpan ShutdownReportTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary><c>ECS_DISABLE_IMAGE_CLEANUP</c>.</summary>
    public bool ImageCleanupDisabled { get; init; }

    /// <summary><c>ECS_IMAGE_CLEANUP_INTERVAL</c>, at least ten minutes.</summary>
    public TimeSpan ImageCleanupInterval { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary><c>ECS_IMAGE_MINIMUM_CLEANUP_AGE</c>.</summary>
    public TimeSpan ImageMinimumCleanupAge { get; init; } = TimeSpan.FromHours(1);

    /// <summary><c>NON_ECS_IMAGE_MINIMUM_CLEANUP_AGE</c>.</summary>
    public TimeSpan UntrackedImageMinimumCleanupAge { get; init; } = TimeSpan.FromHours(1);

    /// <summary><c>ECS_NUM_IMAGES_DELETE_PER_CYCLE</c>, at least 1.</summary>
    public int ImagesDeletedPerCycle { get; init; } = 5;

    /// <summary><c>NONECS_NUM_CONTAINERS_DELETE_PER_CYCLE</c>; null means no limit.</summary>
    public int? UntrackedContainersDeletedPerCycle { get; init; } = 5;

    /// <summary><c>ECS_ENABLE_UNTRACKED_IMAGE_CLEANUP</c>: whether images and containers that are not this agent's are removed, too.</summary>
    public bool UntrackedCleanupEnabled { get; init; }

    /// <summary><c>ECS_EXCLUDE_UNTRACKED_IMAGE</c>: images that are never removed, each <c>name:tag</c>.</summary>
    public ImmutableArray<string> ImageCleanupExclusions { get; init; } = [];

    /// <summary><c>ECS_IMAGE_DISK_MIN_FREE</c> (our own): what of the images' disk stays free; null leaves the disk alone.</summary>
    public DiskWatermark? ImageDiskMinFree { get; init; }

    /// <summary>
    /// <c>ECS_MAX_STOPPED_CONTAINERS</c> (our own): how many containers of stopped tasks are kept before the oldest are cleaned up early;
    /// null keeps all until their time.
    /// </summary>
    public int? MaxStoppedContainers { get; init; }

    /// <summary><c>ECS_RESERVED_MEMORY</c> in MiB.</summary>
    public int ReservedMemoryMiB { get; init; }

    /// <summary><c>ECS_RESERVED_PORTS</c>.</summary>
    public ImmutableArray<int> ReservedTcpPorts { get; init; } = [22, 2375, 2376, 51678, 51679];

    /// <summary><c>ECS_RESERVED_PORTS_UDP</c>.</summary>
    public ImmutableArray<int> ReservedUdpPorts { get; init; } = [];

    /// <summary><c>ECS_INSTANCE_ATTRIBUTES</c>.</summary>
    public ImmutableSortedDictionary<string, string> InstanceAttributes { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary><c>ECS_CONTAINER_INSTANCE_TAGS</c>.</summary>
    public ImmutableSortedDictionary<string, string> InstanceTags { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary><c>ECS_AVAILABLE_LOGGING_DRIVERS</c>.</summary>
    public ImmutableArray<string> LoggingDrivers { get; init; } = ["json-file", "none"];

    /// <summary><c>ECS_DISABLE_PRIVILEGED</c>: whether to withhold that capability.</summary>
    public bool PrivilegedDisabled { get; init; }

    /// <summary><c>ECS_SELINUX_CAPABLE</c>: whether to advertise that capability.</summary>
    public bool SELinuxCapable { get; init; }

    /// <summary><c>ECS_APPARMOR_CAPABLE</c>: whether to advertise that capability.</summary>
    public bool AppArmorCapable { get; init; }

    /// <summary><c>ECS_DISABLE_DOCKER_HEALTH_CHECK</c>: whether to withhold that capability.</summary>
    public bool DockerHealthCheckDisabled { get; init; }

    /// <summary><c>ECS_DETAILED_OS_FAMILY</c>: the attribute <c>ecs.os-type-detailed</c>; empty leaves the attribute out.</summary>
    public string DetailedOsFamily { get; init; } = "LINUX";

    /// <summary><c>ECS_DYNAMIC_HOST_PORT_RANGE</c>: first and last port, both inclusive; null means the kernel's range.</summary>
    public (int First, int Last)? DynamicHostPortRange { get; init; }

    /// <summary><c>ECS_EXCLUDE_IPV6_PORTBINDING</c>: leave bindings on <c>::</c> out of reports.</summary>
    public bool ExcludeIpv6PortBindings { get; init; } = true;

    /// <summary><c>ECS_EXTERNAL</c>: a machine outside EC2, without instance metadata.</summary>
    public bool External { get; init; }

    /// <summary><c>ECS_ALTERNATE_CREDENTIAL_PROFILE</c>: the profile to read from the rotating credentials file.</summary>
    public string AlternateCredentialProfile { get; init; } = "default";

    /// <summary><c>ECS_SHARED_VOLUME_MATCH_FULL_CONFIG</c>.</summary>
    public bool SharedVolumeMatchFullConfig { get; init; }

    /// <summary><c>ECS_ENABLE_TASK_CPU_MEM_LIMIT</c>.</summary>
    public TaskCgroupMode TaskCgroups { get; init; } = TaskCgroupMode.WherePossible;

    /// <summary><c>ECS_CGROUP_PATH</c>: where the control groups are mounted.</summary>
    public string CgroupPath { get; init; } = "/sys/fs/cgroup";

    /// <summary><c>ECS_CGROUP_CPU_PERIOD</c>, 8 to 100 ms: how often a task with a CPU limit gets its share anew.</summary>
    public TimeSpan CgroupCpuPeriod { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary><c>ECS_TASK_PIDS_LIMIT</c>, 1 to 4194304: the most processes and threads of a task; null without a limit.</summary>
    public int? TaskPidsLimit { get; init; }

    /// <summary>
    /// <c>ECS_PROPAGATE_TASK_MEMORY_LIMIT_CGROUPV2</c>: whether on cgroup v2 a container without a memory limit gets the task's as its own.
    /// </summary>
    public bool TaskMemoryLimitPropagated { get; init; }

    /// <summary><c>ECS_VOLUME_PLUGIN_CAPABILITIES</c>: what the Amazon ECS volume plugin of this machine can do, such as <c>efsAuth</c>.</summary>
    public ImmutableArray<string> VolumePluginCapabilities { get; init; } = [];

    /// <summary><c>ECS_PAUSE_LABELS</c>: labels of pause containers besides ECS's own.</summary>
    public ImmutableSortedDictionary<string, string> PauseLabels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary><c>ECS_PULL_DEPENDENT_CONTAINERS_UPFRONT</c>.</summary>
    public bool PullDependentContainersUpfront { get; init; }

    /// <summary><c>ECS_ENABLE_GPU_SUPPORT</c>: tasks may be given GPUs of this machine.</summary>
    public bool GpuSupport { get; init; }

    /// <summary><c>ECS_NVIDIA_RUNTIME</c>: Docker's name of the runtime that gives containers GPUs; not used outside EC2.</summary>
    public string NvidiaRuntime { get; init; } = "nvidia";

    /// <summary><c>ECS_ENABLE_INF_SUPPORT</c>: containers that ask for AWS Inferentia devices by their environment get them.</summary>
    public bool InferentiaSupport { get; init; }

    /// <summary>The version of the GPUs' driver; null where it is not known.</summary>
    public string? GpuDriverVersion { get; init; }

    /// <summary>Ids of the GPUs of this machine that tasks may be given; empty where there are none, or none were looked for.</summary>
    public ImmutableArray<string> GpuIds { get; init; } = [];

    /// <summary>
    /// <c>ECS_CONCURRENT_IMAGE_PULLS</c> (our own), at least 1. Docker downloads three layers of each pull at a time and unpacks one: four
    /// pulls keep a network busy while layers are unpacked, and more would only make the first task wait for the images of the last.
    /// </summary>
    public int ConcurrentImagePulls { get; init; } = 4;

    /// <summary>
    /// How many containers are created or started at the same time. Docker serialises most of that work, so more only delays the first ones.
    /// </summary>
    public int ConcurrentLaunches { get; init; } = Math.Max(2, Environment.ProcessorCount);
}
