using Ecs.Agent.LocalControlPlane.TaskDefinitions.Payload;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Attributes;

/// <summary>Computes <c>requiresAttributes</c>: what an instance must have registered for the definition to be placed on it.</summary>
internal static class RequiredAttributes
{
    public static IReadOnlyList<EcsAttribute> Of(TaskDefinition definition)
    {
        var containers = definition.ContainerDefinitions ?? [];
        var names = containers.SelectMany(c => OfContainer(c, definition))
            .Concat((definition.Volumes ?? []).SelectMany(OfVolume))
            .Concat(OfTask(definition));
        return [.. names.Distinct().Select(name => new EcsAttribute { Name = name })];
    }

    private static IEnumerable<string> OfTask(TaskDefinition definition)
    {
        IEnumerable<(bool Needed, string Name)> rules =
        [
            (definition.NetworkMode is not (null or "bridge"), AttributeNames.DockerApi(new DockerApiVersion(18))),
            (definition.NetworkMode == "awsvpc", AttributeNames.TaskEni),
            (definition.TaskRoleArn is not null, AttributeNames.TaskIamRole),
            (definition is { TaskRoleArn: not null, NetworkMode: "host" }, AttributeNames.TaskIamRoleNetworkHost),
            (definition is { PidMode: not null } or { IpcMode: not null }, AttributeNames.PidIpcNamespaceSharing),
            (definition.IpcMode is not null, AttributeNames.DockerApi(new DockerApiVersion(32))),
            (definition.ProxyConfiguration is not null, AttributeNames.AppMesh),
            (definition.InferenceAccelerators is { Count: > 0 }, AttributeNames.ElasticInference),
            (definition.EphemeralStorage is not null, AttributeNames.ExtensibleEphemeralStorage),
            (definition.EnableFaultInjection == true, AttributeNames.FaultInjection),
        ];
        return Needed(rules);
    }

    private static IEnumerable<string> OfContainer(ContainerDefinition container, TaskDefinition definition)
    {
        var hasExecutionRole = definition.ExecutionRoleArn is not null;
        var isEcr = EcrImage.Parse(container.Image) is not null;
        IEnumerable<(bool Needed, string Name)> rules =
        [
            (container.Privileged == true, AttributeNames.PrivilegedContainer),
            (isEcr, AttributeNames.EcrAuth),
            (isEcr && hasExecutionRole, AttributeNames.ExecutionRoleEcrPull),
            (container.LogConfiguration?.LogDriver == "awslogs" && hasExecutionRole, AttributeNames.ExecutionRoleAwslogs),
            (container.DependsOn is { Count: > 0 } || container.StartTimeout is not null || container.StopTimeout is not null,
                AttributeNames.ContainerOrdering),
            (container.HealthCheck is not null, AttributeNames.ContainerHealthCheck),
            (container.RestartPolicy is { Enabled: true }, AttributeNames.ContainerRestartPolicy),
            (container.PortMappings?.Any(p => p.ContainerPortRange is not null) == true, AttributeNames.ContainerPortRange),
            (container.EnvironmentFiles is { Count: > 0 }, AttributeNames.EnvironmentFilesS3),
            (container.RepositoryCredentials is not null, AttributeNames.PrivateRegistryAuthentication),
            (CredentialSpecs(container).Any(spec => spec.StartsWith("credentialspec:", StringComparison.Ordinal)), AttributeNames.Gmsa),
            (CredentialSpecs(container).Any(spec => spec.StartsWith("credentialspecdomainless:", StringComparison.Ordinal)),
                AttributeNames.GmsaDomainless),
        ];
        return Needed(rules)
            .Concat(DockerApiVersions.Of(container).Select(AttributeNames.DockerApi))
            .Concat((container.Secrets ?? [])
                .Select(secret => AttributeNames.EnvironmentSecret(SecretReference.Provider(secret.ValueFrom))))
            .Concat(OfLogging(container));
    }

    private static IEnumerable<string> CredentialSpecs(ContainerDefinition container) =>
        (container.CredentialSpecs ?? []).Concat(container.DockerSecurityOptions ?? []);

    private static IEnumerable<string> OfLogging(ContainerDefinition container)
    {
        if (container.LogConfiguration is { LogDriver: { } driver } log)
        {
            yield return AttributeNames.LoggingDriver(driver);
            foreach (var secret in log.SecretOptions ?? [])
            {
                yield return AttributeNames.LogDriverSecret(SecretReference.Provider(secret.ValueFrom));
            }

            if (driver == "awsfirelens" && log.Options?.ContainsKey("log-driver-buffer-limit") == true)
            {
                yield return AttributeNames.FirelensBufferLimit;
            }
        }

        if (container.FirelensConfiguration is { Type: { } type } router)
        {
            yield return AttributeNames.Firelens(type);
            if (router.Options?.GetValueOrDefault("config-file-type") is { } source)
            {
                yield return AttributeNames.FirelensConfig(source);
            }
        }
    }

    private static IEnumerable<string> OfVolume(Volume volume)
    {
        var usesEfsAuth = volume.EfsVolumeConfiguration is { TransitEncryption: "ENABLED" } or { AuthorizationConfig: not null };
        IEnumerable<(bool Needed, string Name)> rules =
        [
            (volume.EfsVolumeConfiguration is not null, AttributeNames.Efs),
            (usesEfsAuth, AttributeNames.EfsAuth),
            (volume.S3filesVolumeConfiguration is not null, AttributeNames.S3Files),
            (volume.FsxWindowsFileServerVolumeConfiguration is not null, AttributeNames.FsxWindowsFileServer),
            (volume.ConfiguredAtLaunch == true, AttributeNames.EbsTaskVolume),
            (volume.EfsVolumeConfiguration is not null || volume.DockerVolumeConfiguration is not null,
                AttributeNames.DockerApi(new DockerApiVersion(25))),
            (volume.DockerVolumeConfiguration is not null,
                AttributeNames.DockerPlugin(volume.DockerVolumeConfiguration?.Driver ?? "local")),
        ];
        return Needed(rules);
    }

    private static IEnumerable<string> Needed(IEnumerable<(bool Needed, string Name)> rules) =>
        rules.Where(rule => rule.Needed).Select(rule => rule.Name);
}
