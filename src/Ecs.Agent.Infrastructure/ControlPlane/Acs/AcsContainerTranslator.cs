using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Protocol.Acs;
using ContainerDependency = Ecs.Agent.Domain.Containers.ContainerDependency;
using DockerConfig = Ecs.Agent.Domain.Containers.DockerConfig;
using MountPoint = Ecs.Agent.Domain.Containers.MountPoint;
using PortMapping = Ecs.Agent.Domain.Containers.PortMapping;
using RestartPolicy = Ecs.Agent.Domain.Containers.RestartPolicy;
using VolumeFrom = Ecs.Agent.Domain.Containers.VolumeFrom;

namespace Ecs.Agent.Infrastructure.ControlPlane.Acs;

/// <summary>Translates one entry of a task's <c>containers</c> and adds what is wrong with it to <paramref name="problems"/>.</summary>
internal sealed class AcsContainerTranslator(AcsContainer container, List<string> problems)
{
    private const int HighestPort = 65535;
    private const long BytesPerMiB = 1024 * 1024;

    public ContainerDefinition Translate()
    {
        var (commandOverride, problem) = CommandOverride.Parse(container.Overrides);
        if (problem is not null)
        {
            problems.Add(problem);
        }

        var elsewhere = new AcsSecretTranslator(container, Report);
        return new ContainerDefinition
        {
            Name = Required("name", container.Name),
            Image = Required("image", container.Image),
            Essential = container.Essential == true,
            Command = commandOverride ?? [.. container.Command ?? []],
            EntryPoint = container.EntryPoint is null ? null : [.. container.EntryPoint],
            Environment = container.Environment is null ? EnvironmentVariables.Empty : new EnvironmentVariables(container.Environment),
            Cpu = Unsigned("cpu", container.Cpu),
            MemoryMiB = Unsigned("memory", container.Memory),
            MemoryReservationMiB = MemoryReservation(container.DockerConfig?.HostConfig),
            Links = [.. container.Links ?? []],
            PortMappings = [.. Present(container.PortMappings).Select(Translate)],
            MountPoints = [.. Present(container.MountPoints).Select(Translate)],
            VolumesFrom = [.. Present(container.VolumesFrom).Select(Translate)],
            DependsOn = Dependencies(),
            StartTimeout = TimeSpan.FromSeconds(Unsigned("startTimeout", container.StartTimeout)),
            StopTimeout = TimeSpan.FromSeconds(Unsigned("stopTimeout", container.StopTimeout)),
            HasHealthCheck = container.HealthCheckType == "docker",
            RestartPolicy = Translate(container.RestartPolicy),
            DockerConfig = Translate(container.DockerConfig),
            Secrets = elsewhere.Secrets(),
            EnvironmentFiles = elsewhere.EnvironmentFiles(),
            RegistryAuthentication = elsewhere.Registry(),
            LogsAuthStrategy = container.LogsAuthStrategy == "ExecutionRole" ? LogsAuthStrategy.ExecutionRole : LogsAuthStrategy.Instance,
            Arn = container.ContainerArn,
        };
    }

    /// <summary>What it names itself, then CREATE for volumesFrom, then START for links.</summary>
    private ImmutableArray<ContainerDependency> Dependencies()
    {
        var named = Present(container.DependsOn).Select(Translate).OfType<ContainerDependency>();
        var volumes = Present(container.VolumesFrom)
            .Select(source => new ContainerDependency(source.SourceContainer ?? "", DependencyCondition.Create));
        var links = (container.Links ?? []).Select(link => new ContainerDependency(link.Split(':')[0], DependencyCondition.Start));
        return [.. named.Concat(volumes).Concat(links).Distinct()];
    }

    private ContainerDependency? Translate(Protocol.Acs.ContainerDependency dependency)
    {
        DependencyCondition? condition = dependency.Condition switch
        {
            "START" => DependencyCondition.Start,
            "COMPLETE" => DependencyCondition.Complete,
            "SUCCESS" => DependencyCondition.Success,
            "HEALTHY" => DependencyCondition.Healthy,
            _ => null,
        };
        if (condition is null)
        {
            Report("dependsOn", $"the condition '{dependency.Condition}' is not one of START, COMPLETE, SUCCESS, HEALTHY");
            return null;
        }

        return new ContainerDependency(dependency.ContainerName ?? "", condition.Value);
    }

    private PortMapping Translate(Protocol.Acs.PortMapping mapping)
    {
        var containerPort = Port("containerPort", mapping.ContainerPort);
        var range = containerPort == 0 ? mapping.ContainerPortRange : null;
        if (mapping.ContainerPort is null or 0 && string.IsNullOrEmpty(range))
        {
            Report("portMappings", "needs a containerPort or a containerPortRange");
        }

        if (!string.IsNullOrEmpty(range) && !IsPortRange(range))
        {
            Report("portMappings", $"the containerPortRange '{range}' is not first-last with ports from 1 to 65535");
        }

        return new PortMapping
        {
            ContainerPort = containerPort,
            HostPort = Port("hostPort", mapping.HostPort),
            ContainerPortRange = range,
            Protocol = Translate(mapping.Protocol),
        };
    }

    private TransportProtocol Translate(string? protocol)
    {
        switch (protocol)
        {
            case null or "" or "tcp":
                return TransportProtocol.Tcp;
            case "udp":
                return TransportProtocol.Udp;
            default:
                problems.Add($"{protocol} is not a recognized transport protocol");
                return TransportProtocol.Tcp;
        }
    }

    private static MountPoint Translate(Protocol.Acs.MountPoint mount) =>
        new(mount.SourceVolume ?? "", mount.ContainerPath ?? "", mount.ReadOnly == true);

    private static VolumeFrom Translate(Protocol.Acs.VolumeFrom source) => new(source.SourceContainer ?? "", source.ReadOnly == true);

    private RestartPolicy? Translate(Protocol.Acs.RestartPolicy? policy) => policy is null ? null : new RestartPolicy
    {
        Enabled = policy.Enabled == true,
        IgnoredExitCodes = [.. policy.IgnoredExitCodes ?? []],
        AttemptPeriod = TimeSpan.FromSeconds(Unsigned("restartPolicy.restartAttemptPeriod", policy.RestartAttemptPeriod)),
    };

    private static DockerConfig Translate(Protocol.Acs.DockerConfig? config) => config is null ? DockerConfig.Empty : new DockerConfig
    {
        Config = config.Config,
        HostConfig = config.HostConfig,
        Version = config.Version,
    };

    /// <summary>Bytes in the host config, MiB here. A host config that cannot be read is found when the container is created.</summary>
    private static int MemoryReservation(string? hostConfig)
    {
        if (string.IsNullOrEmpty(hostConfig))
        {
            return 0;
        }

        try
        {
            using var document = JsonDocument.Parse(hostConfig);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.EnumerateObject()
                    .Where(member => member.Name.Equals("MemoryReservation", StringComparison.OrdinalIgnoreCase))
                    .Select(member => member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetInt64(out var bytes) ? bytes : 0)
                    .Select(bytes => (int)Math.Clamp(bytes / BytesPerMiB, 0, int.MaxValue))
                    .LastOrDefault()
                : 0;
        }
        catch (JsonException)
        {
            return 0;
        }
    }

    private static bool IsPortRange(string range)
    {
        var ends = range.Split('-');
        return ends.Length == 2
            && int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && int.TryParse(ends[1], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            && first >= 1 && first <= last && last <= HighestPort;
    }

    private int Port(string member, int? value)
    {
        if (value is < 0 or > HighestPort)
        {
            Report($"portMappings.{member}", $"{value} is not a port from 0 to 65535");
            return 0;
        }

        return value ?? 0;
    }

    private int Unsigned(string member, int? value)
    {
        if (value < 0)
        {
            Report(member, $"{value} is negative");
            return 0;
        }

        return value ?? 0;
    }

    private string Required(string member, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            Report(member, "is missing");
        }

        return value ?? "";
    }

    private void Report(string member, string problem) => problems.Add($"containers[{container.Name}].{member}: {problem}");

    private static IEnumerable<T> Present<T>(IReadOnlyList<T>? list)
        where T : class
        => (list ?? []).Where(entry => entry is not null);
}
