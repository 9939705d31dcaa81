using Ecs.Agent.LocalControlPlane.TaskDefinitions.Payload;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Attributes;

/// <summary>Computes <c>requiresAttributes</c>: what an instance must have registered for the definition to be placed on it.</summary>
internal static class RequiredAttributes
{
    public static IReadOnlyList<EcsAttribute> Of(TaskDefinition definition) =>
        [.. Demands(definition).Select(demand => demand.Attribute).Distinct().Select(name => new EcsAttribute { Name = name })];

    /// <summary>The attributes with the members that ask for them: one entry for each member, so an attribute may come more than
    /// once.</summary>
    public static IEnumerable<AttributeDemand> Demands(TaskDefinition definition) =>
        (definition.ContainerDefinitions ?? []).SelectMany((container, index) => OfContainer(container, index, definition))
            .Concat((definition.Volumes ?? []).SelectMany(OfVolume))
            .Concat(OfTask(definition));

    private static IEnumerable<AttributeDemand> OfTask(TaskDefinition definition) => Needed(
    [
        (definition.NetworkMode is not (null or "bridge"), AttributeNames.DockerApi(new DockerApiVersion(18)), "networkMode"),
        (definition.NetworkMode == "awsvpc", AttributeNames.TaskEni, "networkMode"),
        (definition.TaskRoleArn is not null, AttributeNames.TaskIamRole, "taskRoleArn"),
        (definition is { TaskRoleArn: not null, NetworkMode: "host" }, AttributeNames.TaskIamRoleNetworkHost, "taskRoleArn"),
        (definition.PidMode is not null, AttributeNames.PidIpcNamespaceSharing, "pidMode"),
        (definition.IpcMode is not null, AttributeNames.PidIpcNamespaceSharing, "ipcMode"),
        (definition.IpcMode is not null, AttributeNames.DockerApi(new DockerApiVersion(32)), "ipcMode"),
        (definition.ProxyConfiguration is not null, AttributeNames.AppMesh, "proxyConfiguration"),
        (definition.InferenceAccelerators is { Count: > 0 }, AttributeNames.ElasticInference, "inferenceAccelerators"),
        (definition.EphemeralStorage is not null, AttributeNames.ExtensibleEphemeralStorage, "ephemeralStorage"),
        (definition.EnableFaultInjection == true, AttributeNames.FaultInjection, "enableFaultInjection"),
    ], member => member);

    private static IEnumerable<AttributeDemand> OfContainer(ContainerDefinition container, int index, TaskDefinition definition)
    {
        var hasExecutionRole = definition.ExecutionRoleArn is not null;
        var isEcr = EcrImage.Parse(container.Image) is not null;
        string Path(string member) => JsonPath.Container(index, member);
        return Needed(
            [
                (container.Privileged == true, AttributeNames.PrivilegedContainer, "privileged"),
                (isEcr, AttributeNames.EcrAuth, "image"),
                (isEcr && hasExecutionRole, AttributeNames.ExecutionRoleEcrPull, "image"),
                (container.LogConfiguration?.LogDriver == "awslogs" && hasExecutionRole, AttributeNames.ExecutionRoleAwslogs,
                    "logConfiguration.logDriver"),
                (container.DependsOn is { Count: > 0 }, AttributeNames.ContainerOrdering, "dependsOn"),
                (container.StartTimeout is not null, AttributeNames.ContainerOrdering, "startTimeout"),
                (container.StopTimeout is not null, AttributeNames.ContainerOrdering, "stopTimeout"),
                (container.HealthCheck is not null, AttributeNames.ContainerHealthCheck, "healthCheck"),
                (container.RestartPolicy is { Enabled: true }, AttributeNames.ContainerRestartPolicy, "restartPolicy"),
                (container.PortMappings?.Any(p => p.ContainerPortRange is not null) == true, AttributeNames.ContainerPortRange,
                    "portMappings"),
                (container.EnvironmentFiles is { Count: > 0 }, AttributeNames.EnvironmentFilesS3, "environmentFiles"),
                (container.RepositoryCredentials is not null, AttributeNames.PrivateRegistryAuthentication, "repositoryCredentials"),
            ], Path)
            .Concat(OfCredentialSpecs(container.CredentialSpecs, Path("credentialSpecs")))
            .Concat(OfCredentialSpecs(container.DockerSecurityOptions, Path("dockerSecurityOptions")))
            .Concat(DockerApiVersions.Of(container).Select(version => new AttributeDemand(AttributeNames.DockerApi(version), Path(""))))
            .Concat(OfSecrets(container.Secrets, AttributeNames.EnvironmentSecret, Path("secrets")))
            .Concat(OfLogging(container, Path("logConfiguration")))
            .Concat(OfRouter(container, Path("firelensConfiguration")));
    }

    private static IEnumerable<AttributeDemand> OfCredentialSpecs(IReadOnlyList<string>? specs, string list) =>
        (specs ?? []).SelectMany((spec, index) => Needed(
        [
            (spec.StartsWith("credentialspec:", StringComparison.Ordinal), AttributeNames.Gmsa, list),
            (spec.StartsWith("credentialspecdomainless:", StringComparison.Ordinal), AttributeNames.GmsaDomainless, list),
        ], path => JsonPath.Element(path, index)));

    private static IEnumerable<AttributeDemand> OfSecrets(IReadOnlyList<Secret>? secrets, Func<string, string> attribute, string list) =>
        (secrets ?? []).Select((secret, index) =>
            new AttributeDemand(attribute(SecretReference.Provider(secret.ValueFrom)), JsonPath.Element(list, index)));

    private static IEnumerable<AttributeDemand> OfLogging(ContainerDefinition container, string path)
    {
        if (container.LogConfiguration is not { LogDriver: { } driver } log)
        {
            return [];
        }

        var buffered = driver == "awsfirelens" && log.Options?.ContainsKey("log-driver-buffer-limit") == true;
        return Needed(
            [
                (true, AttributeNames.LoggingDriver(driver), "logDriver"),
                (buffered, AttributeNames.FirelensBufferLimit, "options"),
            ], member => JsonPath.Member(path, member))
            .Concat(OfSecrets(log.SecretOptions, AttributeNames.LogDriverSecret, JsonPath.Member(path, "secretOptions")));
    }

    private static IEnumerable<AttributeDemand> OfRouter(ContainerDefinition container, string path)
    {
        if (container.FirelensConfiguration is not { Type: { } type } router)
        {
            return [];
        }

        var source = router.Options?.GetValueOrDefault("config-file-type");
        return Needed(
        [
            (true, AttributeNames.Firelens(type), "type"),
            (source is not null, AttributeNames.FirelensConfig(source ?? ""), "options"),
        ], member => JsonPath.Member(path, member));
    }

    private static IEnumerable<AttributeDemand> OfVolume(Volume volume, int index)
    {
        var usesEfsAuth = volume.EfsVolumeConfiguration is { TransitEncryption: "ENABLED" } or { AuthorizationConfig: not null };
        return Needed(
        [
            (volume.EfsVolumeConfiguration is not null, AttributeNames.Efs, "efsVolumeConfiguration"),
            (usesEfsAuth, AttributeNames.EfsAuth, "efsVolumeConfiguration"),
            (volume.S3filesVolumeConfiguration is not null, AttributeNames.S3Files, "s3filesVolumeConfiguration"),
            (volume.FsxWindowsFileServerVolumeConfiguration is not null, AttributeNames.FsxWindowsFileServer,
                "fsxWindowsFileServerVolumeConfiguration"),
            (volume.ConfiguredAtLaunch == true, AttributeNames.EbsTaskVolume, "configuredAtLaunch"),
            (volume.EfsVolumeConfiguration is not null, AttributeNames.DockerApi(new DockerApiVersion(25)), "efsVolumeConfiguration"),
            (volume.DockerVolumeConfiguration is not null, AttributeNames.DockerApi(new DockerApiVersion(25)), "dockerVolumeConfiguration"),
            (volume.DockerVolumeConfiguration is not null,
                AttributeNames.DockerPlugin(volume.DockerVolumeConfiguration?.Driver ?? "local"), "dockerVolumeConfiguration"),
        ], member => JsonPath.Volume(index, member));
    }

    private static IEnumerable<AttributeDemand> Needed(
        IEnumerable<(bool Needed, string Attribute, string Member)> rules, Func<string, string> path) =>
        rules.Where(rule => rule.Needed).Select(rule => new AttributeDemand(rule.Attribute, path(rule.Member)));
}
