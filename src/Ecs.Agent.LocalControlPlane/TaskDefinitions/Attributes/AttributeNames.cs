namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Attributes;

/// <summary>The names of the container instance attributes that features of a definition ask for.</summary>
internal static class AttributeNames
{
    public const string PrivilegedContainer = Legacy + "privileged-container";
    public const string TaskIamRole = Legacy + "task-iam-role";
    public const string TaskIamRoleNetworkHost = Legacy + "task-iam-role-network-host";
    public const string EcrAuth = Legacy + "ecr-auth";
    public const string ExecutionRoleEcrPull = Current + "execution-role-ecr-pull";
    public const string ExecutionRoleAwslogs = Current + "execution-role-awslogs";
    public const string TaskEni = Current + "task-eni";
    public const string ContainerOrdering = Current + "container-ordering";
    public const string ContainerHealthCheck = Current + "container-health-check";
    public const string ContainerRestartPolicy = Current + "container-restart-policy";
    public const string ContainerPortRange = Current + "network.container-port-range";
    public const string EnvironmentFilesS3 = Current + "env-files.s3";
    public const string PrivateRegistryAuthentication = Current + "private-registry-authentication.secretsmanager";
    public const string PidIpcNamespaceSharing = Current + "pid-ipc-namespace-sharing";
    public const string AppMesh = Current + "aws-appmesh";
    public const string ElasticInference = Current + "task-eia";
    public const string ExtensibleEphemeralStorage = Current + "extensible-ephemeral-storage";
    public const string FaultInjection = Current + "fault-injection";
    public const string Efs = Current + "efs";
    public const string EfsAuth = Current + "efsAuth";
    public const string S3Files = Current + "storage.s3-files";
    public const string EbsTaskVolume = Current + "storage.ebs-task-volume-attach";
    public const string FsxWindowsFileServer = Current + "fsxWindowsFileServer";
    public const string Gmsa = Current + "gmsa";
    public const string GmsaDomainless = Current + "gmsa-domainless";
    public const string GpuDriverVersion = Current + "gpu-driver-version";
    public const string FirelensBufferLimit = Current + "logging-driver.awsfirelens.log-driver-buffer-limit";
    public const string CpuArchitecture = "ecs.cpu-architecture";

    private const string Legacy = "com.amazonaws.ecs.capability.";
    private const string Current = "ecs.capability.";

    public static string DockerApi(DockerApiVersion version) => $"{Legacy}docker-remote-api.{version}";

    public static string LoggingDriver(string driver) => $"{Legacy}logging-driver.{driver}";

    public static string DockerPlugin(string driver) => $"{Current}docker-plugin.{driver.Replace(':', '.')}";

    public static string Firelens(string type) => $"{Current}firelens.{type}";

    public static string FirelensConfig(string type) => $"{Current}firelens.options.config.{type}";

    public static string EnvironmentSecret(string provider) => $"{Current}secrets.{provider}.environment-variables";

    public static string LogDriverSecret(string provider) => $"{Current}secrets.{provider}.bootstrap.log-driver";
}
