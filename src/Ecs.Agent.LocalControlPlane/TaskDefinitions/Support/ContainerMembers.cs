using System.Collections.Immutable;
using static Ecs.Agent.LocalControlPlane.TaskDefinitions.Support.SupportRows;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Support;

/// <summary>The members of <c>containerDefinitions</c>.</summary>
internal static class ContainerMembers
{
    private const string Container = "containerDefinitions[].";
    private const string RefusedSecrets = "refused: `No AWS account here to fetch …`";
    private const string NoService = "read by Service Connect and VPC Lattice, which serve services; agents do not see it";

    public static readonly ImmutableArray<MemberSupport> Rows =
    [
        .. Under(Container,
        [
            Honoured("name", "`name`: part of the container's name, label `com.amazonaws.ecs.container-name`"),
            Honoured("image", "`image`: `Image`; `registryAuthentication` of type `ecr` for a private ECR registry",
                "an image in ECR is not pulled, it must be on this machine"),
            Honoured("repositoryCredentials", "`registryAuthentication` of type `asm`", "left out: images are pulled without it"),
            Honoured("repositoryCredentials.credentialsParameter", "`asmAuthData.credentialsParameter`, and its region", "left out"),
            Honoured("cpu", "`cpu`: `HostConfig.CpuShares`, from 2 to 262144"),
            Honoured("memory", "`memory`: `HostConfig.Memory`, at least 4 MiB"),
            Honoured("memoryReservation", "`HostConfig.MemoryReservation`"),
            Honoured("links", "`links`: `HostConfig.Links`, and the order of the start"),
            .. Ports(),
            Honoured("essential", "`essential`: whether its end ends the task"),
            Honoured("restartPolicy", "`restartPolicy`: the engine starts the container again"),
            Honoured("restartPolicy.enabled", "`restartPolicy.enabled`"),
            Honoured("restartPolicy.ignoredExitCodes", "`restartPolicy.ignoredExitCodes`"),
            Honoured("restartPolicy.restartAttemptPeriod", "`restartPolicy.restartAttemptPeriod` in seconds"),
            Honoured("entryPoint", "`entryPoint`: `Entrypoint`"),
            Honoured("command", "`command`: `Cmd`; RunTask's override in `overrides`"),
            .. Environment(),
            Honoured("mountPoints", "`mountPoints`: `HostConfig.Binds`"),
            Honoured("mountPoints[].sourceVolume", "`mountPoints[].sourceVolume`: the path, or the name of the Docker volume, before the colon"),
            Honoured("mountPoints[].containerPath", "`mountPoints[].containerPath`: the path behind the colon"),
            Honoured("mountPoints[].readOnly", "`mountPoints[].readOnly`: `:ro`"),
            Honoured("volumesFrom", "`volumesFrom`: `HostConfig.VolumesFrom`, and the order of creation"),
            Honoured("volumesFrom[].sourceContainer", "`volumesFrom[].sourceContainer`"),
            Honoured("volumesFrom[].readOnly", "`volumesFrom[].readOnly`: `:ro`"),
            .. Linux(),
            Honoured("dependsOn", "`dependsOn`: the order of the start, and backwards of the stop"),
            Honoured("dependsOn[].containerName", "`dependsOn[].containerName`"),
            Honoured("dependsOn[].condition", "`dependsOn[].condition`: `START`, `COMPLETE`, `SUCCESS`, `HEALTHY`"),
            Honoured("startTimeout", "`startTimeout`: how long others wait for this container"),
            Honoured("stopTimeout", "`stopTimeout`: seconds between TERM and KILL"),
            Elsewhere("versionConsistency", "concerns the deployments of a service; a task looks its image up once"),
            .. Docker(),
            .. Logging(),
            .. Health(),
            Honoured("resourceRequirements", "GPUs, as `associations`"),
            Honoured("resourceRequirements[].type", "`GPU`; `InferenceAccelerator` has been withdrawn by AWS",
                "an `InferenceAccelerator` is left out"),
            Honoured("resourceRequirements[].value",
                "how many `associations` of type `gpu`: `NVIDIA_VISIBLE_DEVICES` and `HostConfig.Runtime`, or `HostConfig.DeviceRequests`"
                + " on an external instance"),
            .. Refused("`containers[<name>].firelensConfiguration: this agent does not support FireLens`",
                "left out: the container runs as any other", "firelensConfiguration", "firelensConfiguration.type",
                "firelensConfiguration.options"),
            .. Refused("`containers[<name>].credentialSpecs: this agent does not support group managed service accounts`", null,
                "credentialSpecs"),
        ]),
    ];

    private static IEnumerable<MemberSupport> Ports() =>
    [
        Honoured("portMappings", "`portMappings`: `ExposedPorts` and `HostConfig.PortBindings`"),
        Honoured("portMappings[].containerPort", "`portMappings[].containerPort`: the key of `PortBindings`"),
        Honoured("portMappings[].hostPort", "`portMappings[].hostPort`: `HostPort`; 0 is a free one of `ECS_DYNAMIC_HOST_PORT_RANGE`",
            "a port that two containers of an `awsvpc` task have: any free port for the second"),
        Honoured("portMappings[].protocol", "`portMappings[].protocol`: `/tcp` or `/udp` in the key"),
        Elsewhere("portMappings[].name", NoService),
        Elsewhere("portMappings[].appProtocol", NoService),
        Honoured("portMappings[].containerPortRange",
            "`portMappings[].containerPortRange`: one binding for each port, on neighbouring free host ports"),
    ];

    private static IEnumerable<MemberSupport> Environment() =>
    [
        Honoured("environment", "`environment`: `Env`"),
        Honoured("environment[].name", "`Env`, before the equals sign"),
        Honoured("environment[].value", "`Env`, behind the equals sign"),
        Honoured("environmentFiles", "`environmentFiles`: read from S3 with the execution role, `Env`", RefusedSecrets),
        Honoured("environmentFiles[].value", "`environmentFiles[].value`: the ARN of the object", RefusedSecrets),
        Honoured("environmentFiles[].type", "`environmentFiles[].type`: `s3`", RefusedSecrets),
        Honoured("secrets", "`secrets` of type `ENVIRONMENT_VARIABLE`: fetched with the execution role, `Env`", RefusedSecrets),
        Honoured("secrets[].name", "`secrets[].name`: the variable", RefusedSecrets),
        Honoured("secrets[].valueFrom", "`secrets[].valueFrom`, `provider` and `region`: Parameter Store or Secrets Manager", RefusedSecrets),
    ];

    private static IEnumerable<MemberSupport> Linux() => Under("linuxParameters",
    [
        Honoured("", "the members of `HostConfig` below"),
        Honoured(".capabilities", "as its members"),
        Honoured(".capabilities.add", "`HostConfig.CapAdd`"),
        Honoured(".capabilities.drop", "`HostConfig.CapDrop`"),
        Honoured(".devices", "`HostConfig.Devices`"),
        Honoured(".devices[].hostPath", "`PathOnHost`"),
        Honoured(".devices[].containerPath", "`PathInContainer`; without it the path on the host"),
        Honoured(".devices[].permissions", "`CgroupPermissions`: first letters of `read`, `write`, `mknod`; `rwm` without it"),
        Honoured(".initProcessEnabled", "`HostConfig.Init`"),
        Honoured(".sharedMemorySize", "`HostConfig.ShmSize`"),
        Honoured(".tmpfs", "`HostConfig.Tmpfs`"),
        Honoured(".tmpfs[].containerPath", "the key in `Tmpfs`"),
        Honoured(".tmpfs[].size", "`size=<bytes>` in the options of the mount"),
        Honoured(".tmpfs[].mountOptions", "the other options of the mount"),
        Honoured(".maxSwap", "`HostConfig.MemorySwap`: `memory` and `maxSwap` together"),
        Honoured(".swappiness", "`HostConfig.MemorySwappiness`; as in ECS only beside `maxSwap`"),
    ]);

    private static IEnumerable<MemberSupport> Docker() =>
    [
        Honoured("hostname", "`Hostname`"),
        Honoured("user", "`User`"),
        Honoured("workingDirectory", "`WorkingDir`"),
        Honoured("disableNetworking", "`NetworkDisabled`"),
        Honoured("privileged", "`HostConfig.Privileged`; not placed where `ECS_DISABLE_PRIVILEGED` is set"),
        Honoured("readonlyRootFilesystem", "`HostConfig.ReadonlyRootfs`"),
        Honoured("dnsServers", "`HostConfig.Dns`"),
        Honoured("dnsSearchDomains", "`HostConfig.DnsSearch`"),
        Honoured("extraHosts", "`HostConfig.ExtraHosts`"),
        Honoured("extraHosts[].hostname", "before the colon in `ExtraHosts`"),
        Honoured("extraHosts[].ipAddress", "behind the colon in `ExtraHosts`"),
        Honoured("dockerSecurityOptions", "`HostConfig.SecurityOpt`; a `credentialspec:` is not placed (`ecs.capability.gmsa`)"),
        Honoured("interactive", "`OpenStdin`"),
        Honoured("pseudoTerminal", "`Tty`"),
        Honoured("dockerLabels", "`Labels`, beside those of ECS"),
        Honoured("ulimits", "`HostConfig.Ulimits`"),
        Honoured("ulimits[].name", "`Name`"),
        Honoured("ulimits[].softLimit", "`Soft`"),
        Honoured("ulimits[].hardLimit", "`Hard`"),
        Honoured("systemControls", "`HostConfig.Sysctls`"),
        Honoured("systemControls[].namespace", "the key in `Sysctls`"),
        Honoured("systemControls[].value", "the value in `Sysctls`"),
    ];

    private static IEnumerable<MemberSupport> Logging() => Under("logConfiguration",
    [
        Honoured("", "`HostConfig.LogConfig`",
            "every driver but those of `ECS_AVAILABLE_LOGGING_DRIVERS` becomes `json-file`: the output stays on this machine"),
        Honoured(".logDriver", "`LogConfig.Type`; `awsfirelens` is refused with `firelensConfiguration`", "`json-file`"),
        Honoured(".options", "`LogConfig.Config`; `awslogs-stream-prefix` becomes `awslogs-stream` `<prefix>/<container>/<task id>`",
            "those of the driver that is replaced are left out"),
        Honoured(".secretOptions", "`secrets` with target `LOG_DRIVER`: fetched with the execution role, `LogConfig.Config`", "left out"),
        Honoured(".secretOptions[].name", "the option", "left out"),
        Honoured(".secretOptions[].valueFrom", "as `secrets[].valueFrom`", "left out"),
    ]);

    private static IEnumerable<MemberSupport> Health() => Under("healthCheck",
    [
        Honoured("", "`healthCheckType` `docker` and `Healthcheck`"),
        Honoured(".command", "`Test`"),
        Honoured(".interval", "`Interval` in nanoseconds; 30 s without it"),
        Honoured(".timeout", "`Timeout` in nanoseconds; 5 s without it"),
        Honoured(".retries", "`Retries`; 3 without it"),
        Honoured(".startPeriod", "`StartPeriod` in nanoseconds"),
    ]);
}
