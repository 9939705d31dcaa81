using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Attributes;

/// <summary>
/// The Docker API versions that the features of a container ask for. One feature asks for one version, and ECS lists each: a container with
/// <c>awslogs</c> and <c>initProcessEnabled</c> needs 1.19 and 1.25.
/// </summary>
internal static class DockerApiVersions
{
    private static readonly (int Minor, Func<ContainerDefinition, bool> Uses)[] Features =
    [
        (17, UsesBasicSettings),
        (18, c => c.Ulimits is { Count: > 0 } || c.DockerLabels is { Count: > 0 } || Driver(c) is "json-file" or "syslog"),
        (19, c => Driver(c) is "awslogs" or "journald"),
        (20, c => Driver(c) is "fluentd" or "gelf"),
        (21, c => c.MemoryReservation is not null),
        (22, c => c.LinuxParameters is { Tmpfs.Count: > 0 } or { SharedMemorySize: not null } || Driver(c) == "splunk"),
        (23, c => c.DockerSecurityOptions?.Any(option => option.StartsWith("no-new-privileges", StringComparison.Ordinal)) == true),
        (24, c => c.HealthCheck is { StartPeriod: null } || c.SystemControls is { Count: > 0 }),
        (25, c => c.LinuxParameters?.InitProcessEnabled is not null || c.StopTimeout is not null),
        (28, c => LogOption(c, "mode") == "non-blocking"),
        (29, c => c.HealthCheck?.StartPeriod is not null || LogOption(c, "awslogs-create-group") is not null),
    ];

    /// <summary>Every version that some feature of the container asks for, lowest first.</summary>
    public static IEnumerable<DockerApiVersion> Of(ContainerDefinition container) =>
        Features.Where(feature => feature.Uses(container)).Select(feature => new DockerApiVersion(feature.Minor));

    /// <summary>The version that the container is created with: the highest one of its features.</summary>
    public static DockerApiVersion Minimum(ContainerDefinition container) => Of(container).Append(DockerApiVersion.Lowest).Max();

    // ECS lists 1.17 for these once they are given, be they empty.
    private static bool UsesBasicSettings(ContainerDefinition c) =>
        c is { Links: not null } or { Hostname: not null } or { User: not null } or { WorkingDirectory: not null }
            or { DisableNetworking: not null } or { Privileged: not null } or { ReadonlyRootFilesystem: not null }
            or { DnsServers: not null } or { DnsSearchDomains: not null } or { ExtraHosts: not null }
            or { DockerSecurityOptions: not null } or { Interactive: not null } or { PseudoTerminal: not null };

    private static string? Driver(ContainerDefinition container) => container.LogConfiguration?.LogDriver;

    private static string? LogOption(ContainerDefinition container, string name) =>
        container.LogConfiguration?.Options?.GetValueOrDefault(name);
}
