using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Ecs.Agent.LocalControlPlane.TaskDefinitions.Attributes;
using Ecs.Agent.Protocol.Acs;
using ContainerDefinition = Ecs.Agent.Protocol.EcsApi.ContainerDefinition;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Payload;

/// <summary>One container of the wire.</summary>
internal static class ContainerTranslation
{
    private const string ExecutionEnvironmentVariable = "AWS_EXECUTION_ENV";

    public static AcsContainer Of(
        ContainerDefinition container, PayloadContext context, string containerArn, IReadOnlyList<string>? commandOverride) => new()
        {
            ContainerArn = containerArn,
            Name = container.Name,
            Image = container.Image,
            Essential = container.Essential ?? true,
            Cpu = container.Cpu ?? 0,
            Memory = container.Memory ?? 0,
            Command = container.Command.OrAbsent(),
            EntryPoint = container.EntryPoint.OrAbsent(),
            Environment = Environment(container, context),
            EnvironmentFiles = container.EnvironmentFiles?.Select(File).OrAbsent(),
            Links = container.Links.OrAbsent(),
            PortMappings = context.NetworkMode == "awsvpc" ? null : container.PortMappings?.Select(Port).OrAbsent(),
            MountPoints = container.MountPoints?.Select(mount => new MountPoint
            {
                SourceVolume = mount.SourceVolume,
                ContainerPath = mount.ContainerPath,
                ReadOnly = mount.ReadOnly ?? false,
            }).OrAbsent(),
            VolumesFrom = container.VolumesFrom?.Select(source => new VolumeFrom
            {
                SourceContainer = source.SourceContainer,
                ReadOnly = source.ReadOnly ?? false,
            }).OrAbsent(),
            DependsOn = container.DependsOn?.Select(dependency => new ContainerDependency
            {
                ContainerName = dependency.ContainerName,
                Condition = dependency.Condition,
            }).OrAbsent(),
            StartTimeout = container.StartTimeout,
            StopTimeout = container.StopTimeout,
            HealthCheckType = container.HealthCheck is null ? null : "docker",
            RestartPolicy = Restart(container.RestartPolicy),
            Secrets = Secrets(container, context).OrAbsent(),
            RegistryAuthentication = Registry(container, context),
            LogsAuthStrategy = container.LogConfiguration?.LogDriver == "awslogs" && context.HasExecutionRole ? "ExecutionRole" : null,
            FirelensConfiguration = container.FirelensConfiguration is not { } router ? null : new FirelensConfiguration
            {
                Type = router.Type,
                Options = router.Options,
            },
            CredentialSpecs = container.CredentialSpecs.OrAbsent(),
            Overrides = DockerJson.Text(new JsonObject { ["command"] = DockerJson.Strings(commandOverride) }),
            DockerConfig = new DockerConfig
            {
                Version = DockerApiVersions.Minimum(container).ToString(),
                Config = DockerContainerConfig.Of(container),
                HostConfig = DockerHostConfig.Of(container, context),
            },
        };

    // The backend names the launch type to the program in this variable; a definition's own value stands.
    private static ImmutableSortedDictionary<string, string> Environment(ContainerDefinition container, PayloadContext context)
    {
        var environment = NameValues.ToMap(container.Environment);
        return context.LaunchType is "EC2" or "FARGATE" && !environment.ContainsKey(ExecutionEnvironmentVariable)
            ? environment.Add(ExecutionEnvironmentVariable, $"AWS_ECS_{context.LaunchType}")
            : environment;
    }

    private static EnvironmentFile File(Protocol.EcsApi.EnvironmentFile file) => new() { Type = file.Type, Value = file.Value };

    private static PortMapping Port(Protocol.EcsApi.PortMapping mapping) => new()
    {
        ContainerPort = mapping.ContainerPort,
        ContainerPortRange = mapping.ContainerPortRange,
        HostPort = mapping.ContainerPort is null ? null : mapping.HostPort ?? 0,
        Protocol = mapping.Protocol ?? "tcp",
    };

    private static RestartPolicy? Restart(Protocol.EcsApi.ContainerRestartPolicy? policy) => policy is null ? null : new RestartPolicy
    {
        Enabled = policy.Enabled,
        IgnoredExitCodes = policy.IgnoredExitCodes,
        RestartAttemptPeriod = policy.RestartAttemptPeriod,
    };

    private static IEnumerable<Secret> Secrets(ContainerDefinition container, PayloadContext context) =>
        (container.Secrets ?? []).Select(secret => Secret(secret, context, "ENVIRONMENT_VARIABLE", "CONTAINER"))
            .Concat((container.LogConfiguration?.SecretOptions ?? []).Select(secret => Secret(secret, context, "BOOTSTRAP", "LOG_DRIVER")));

    private static Secret Secret(Protocol.EcsApi.Secret secret, PayloadContext context, string type, string target) => new()
    {
        Name = secret.Name,
        ValueFrom = secret.ValueFrom,
        Provider = SecretReference.Provider(secret.ValueFrom),
        Region = SecretReference.Region(secret.ValueFrom, context.Region),
        Type = type,
        Target = target,
    };

    private static RegistryAuthenticationData? Registry(ContainerDefinition container, PayloadContext context)
    {
        if (container.RepositoryCredentials?.CredentialsParameter is { } parameter)
        {
            return new RegistryAuthenticationData
            {
                Type = "asm",
                AsmAuthData = new ASMAuthData
                {
                    CredentialsParameter = parameter,
                    Region = SecretReference.Region(parameter, context.Region),
                },
            };
        }

        return !context.AuthenticatesWithEcr || EcrImage.Parse(container.Image) is not { } image ? null : new RegistryAuthenticationData
        {
            Type = "ecr",
            EcrAuthData = new ECRAuthData
            {
                RegistryId = image.RegistryId,
                Region = image.Region,
                UseExecutionRole = context.HasExecutionRole,
            },
        };
    }
}
