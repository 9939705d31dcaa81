using System.Collections.Immutable;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Schema;

/// <summary>
/// The part of the public ECS API model (2014-11-13) that a task definition is made of, as a table. Shapes stand in the order of their use;
/// within a shape, members stand in the order of the model. An exclamation mark after a name marks a required member.
/// </summary>
internal static class TaskDefinitionSchema
{
    private static readonly StructureKind KeyValuePair = Shape("KeyValuePair", Text("name"), Text("value"));

    private static readonly StructureKind Secret = Shape("Secret", Text("name!"), Text("valueFrom!"));

    private static readonly StructureKind ResourceRequirement =
        Shape("ResourceRequirement", Text("value!"), OneOf("type!", "GPU", "InferenceAccelerator"));

    private static readonly StructureKind EnvironmentFile = Shape("EnvironmentFile", Text("value!"), OneOf("type!", "s3"));

    private static readonly StructureKind LinuxParameters = Shape("LinuxParameters",
        Object("capabilities", Shape("KernelCapabilities", Texts("add"), Texts("drop"))),
        List("devices", Shape("Device",
            Text("hostPath!"), Text("containerPath"), List("permissions", Values("read", "write", "mknod")))),
        Flag("initProcessEnabled"),
        Integer("sharedMemorySize"),
        List("tmpfs", Shape("Tmpfs", Text("containerPath!"), Integer("size!"), Texts("mountOptions"))),
        Integer("maxSwap"),
        Integer("swappiness"));

    /// <summary>One entry of <c>containerDefinitions</c>.</summary>
    public static readonly StructureKind ContainerDefinition = Shape("ContainerDefinition",
        Text("name"),
        Text("image"),
        Object("repositoryCredentials", Shape("RepositoryCredentials", Text("credentialsParameter!"))),
        Integer("cpu"),
        Integer("memory"),
        Integer("memoryReservation"),
        Texts("links"),
        List("portMappings", Shape("PortMapping",
            Integer("containerPort"),
            Integer("hostPort"),
            OneOf("protocol", "tcp", "udp"),
            Text("name"),
            OneOf("appProtocol", "http", "http2", "grpc"),
            Text("containerPortRange"))),
        Flag("essential"),
        Object("restartPolicy", Shape("ContainerRestartPolicy",
            Flag("enabled!"), List("ignoredExitCodes", IntegerKind.Instance), Integer("restartAttemptPeriod"))),
        Texts("entryPoint"),
        Texts("command"),
        List("environment", KeyValuePair),
        List("environmentFiles", EnvironmentFile),
        List("mountPoints", Shape("MountPoint", Text("sourceVolume"), Text("containerPath"), Flag("readOnly"))),
        List("volumesFrom", Shape("VolumeFrom", Text("sourceContainer"), Flag("readOnly"))),
        Object("linuxParameters", LinuxParameters),
        List("secrets", Secret),
        List("dependsOn", Shape("ContainerDependency",
            Text("containerName!"), OneOf("condition!", "START", "COMPLETE", "SUCCESS", "HEALTHY"))),
        Integer("startTimeout"),
        Integer("stopTimeout"),
        OneOf("versionConsistency", "enabled", "disabled"),
        Text("hostname"),
        Text("user"),
        Text("workingDirectory"),
        Flag("disableNetworking"),
        Flag("privileged"),
        Flag("readonlyRootFilesystem"),
        Texts("dnsServers"),
        Texts("dnsSearchDomains"),
        List("extraHosts", Shape("HostEntry", Text("hostname!"), Text("ipAddress!"))),
        Texts("dockerSecurityOptions"),
        Flag("interactive"),
        Flag("pseudoTerminal"),
        Map("dockerLabels"),
        List("ulimits", Shape("Ulimit",
            OneOf("name!", "core", "cpu", "data", "fsize", "locks", "memlock", "msgqueue", "nice", "nofile", "nproc", "rss", "rtprio",
                "rttime", "sigpending", "stack"),
            Integer("softLimit!"),
            Integer("hardLimit!"))),
        Object("logConfiguration", Shape("LogConfiguration",
            OneOf("logDriver!", "json-file", "syslog", "journald", "gelf", "fluentd", "awslogs", "splunk", "awsfirelens"),
            Map("options"),
            List("secretOptions", Secret))),
        Object("healthCheck", Shape("HealthCheck",
            Texts("command!"), Integer("interval"), Integer("timeout"), Integer("retries"), Integer("startPeriod"))),
        List("systemControls", Shape("SystemControl", Text("namespace"), Text("value"))),
        List("resourceRequirements", ResourceRequirement),
        Object("firelensConfiguration", Shape("FirelensConfiguration", OneOf("type!", "fluentd", "fluentbit"), Map("options"))),
        Texts("credentialSpecs"));

    private static readonly StructureKind Volume = Shape("Volume",
        Text("name"),
        Object("host", Shape("HostVolumeProperties", Text("sourcePath"))),
        Object("dockerVolumeConfiguration", Shape("DockerVolumeConfiguration",
            OneOf("scope", "task", "shared"), Flag("autoprovision"), Text("driver"), Map("driverOpts"), Map("labels"))),
        Object("efsVolumeConfiguration", Shape("EFSVolumeConfiguration",
            Text("fileSystemId!"),
            Text("rootDirectory"),
            OneOf("transitEncryption", "ENABLED", "DISABLED"),
            Integer("transitEncryptionPort"),
            Object("authorizationConfig", Shape("EFSAuthorizationConfig",
                Text("accessPointId"), OneOf("iam", "ENABLED", "DISABLED"))))),
        Object("s3filesVolumeConfiguration", Shape("S3FilesVolumeConfiguration",
            Text("fileSystemArn!"), Text("rootDirectory"), Integer("transitEncryptionPort"), Text("accessPointArn"))),
        Object("fsxWindowsFileServerVolumeConfiguration", Shape("FSxWindowsFileServerVolumeConfiguration",
            Text("fileSystemId!"),
            Text("rootDirectory!"),
            Object("authorizationConfig!", Shape("FSxWindowsFileServerAuthorizationConfig",
                Text("credentialsParameter!"), Text("domain!"))))),
        Flag("configuredAtLaunch"));

    /// <summary>The whole request of RegisterTaskDefinition.</summary>
    public static readonly StructureKind RegisterTaskDefinition = Shape("RegisterTaskDefinitionRequest",
        Text("family!"),
        Text("taskRoleArn"),
        Text("executionRoleArn"),
        OneOf("networkMode", "bridge", "host", "awsvpc", "none"),
        List("containerDefinitions!", ContainerDefinition),
        List("volumes", Volume),
        List("placementConstraints", Shape("TaskDefinitionPlacementConstraint", OneOf("type", "memberOf"), Text("expression"))),
        List("requiresCompatibilities", Values("EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES")),
        Text("cpu"),
        Text("memory"),
        List("tags", Shape("Tag", Text("key"), Text("value"))),
        OneOf("pidMode", "host", "task"),
        OneOf("ipcMode", "host", "task", "none"),
        Object("proxyConfiguration", Shape("ProxyConfiguration",
            OneOf("type", "APPMESH"), Text("containerName!"), List("properties", KeyValuePair))),
        List("inferenceAccelerators", Shape("InferenceAccelerator", Text("deviceName!"), Text("deviceType!"))),
        Object("ephemeralStorage", Shape("EphemeralStorage", Integer("sizeInGiB!"))),
        Object("runtimePlatform", Shape("RuntimePlatform",
            OneOf("cpuArchitecture", "X86_64", "ARM64"),
            OneOf("operatingSystemFamily", "WINDOWS_SERVER_2019_FULL", "WINDOWS_SERVER_2019_CORE", "WINDOWS_SERVER_2016_FULL",
                "WINDOWS_SERVER_2004_CORE", "WINDOWS_SERVER_2022_CORE", "WINDOWS_SERVER_2022_FULL", "WINDOWS_SERVER_2025_CORE",
                "WINDOWS_SERVER_2025_FULL", "WINDOWS_SERVER_20H2_CORE", "LINUX"))),
        Flag("enableFaultInjection"));

    /// <summary>Members that DescribeTaskDefinition adds and that a registration does not take.</summary>
    public static readonly ImmutableArray<string> ReadOnlyMembers =
    [
        "taskDefinitionArn", "revision", "status", "requiresAttributes", "compatibilities", "registeredAt", "registeredBy",
        "deregisteredAt", "deleteRequestedAt",
    ];

    private static StructureKind Shape(string name, params ImmutableArray<Member> members) => new(name, members);

    private static Member Text(string name) => Make(name, StringKind.Any);

    private static Member Texts(string name) => Make(name, new ListKind(StringKind.Any));

    private static Member Integer(string name) => Make(name, IntegerKind.Instance);

    private static Member Flag(string name) => Make(name, BooleanKind.Instance);

    private static Member Map(string name) => Make(name, MapKind.Instance);

    private static Member Object(string name, StructureKind shape) => Make(name, shape);

    private static Member List(string name, MemberKind element) => Make(name, new ListKind(element));

    private static Member OneOf(string name, params ImmutableArray<string> values) => Make(name, new StringKind(values));

    private static StringKind Values(params ImmutableArray<string> values) => new(values);

    private static Member Make(string name, MemberKind kind) =>
        name.EndsWith('!') ? new Member(name[..^1], kind, Required: true) : new Member(name, kind);
}
