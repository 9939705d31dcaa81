using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.Runtime;

namespace Ecs.Agent.Infrastructure.Hosts;

/// <summary>
/// The attributes that this machine registers with. A capability is promised only where this agent keeps it: the control plane places
/// tasks by them, so one too many makes tasks fail here that would have run elsewhere.
/// </summary>
public static class AgentAttributes
{
    private const string Legacy = "com.amazonaws.ecs.capability.";
    private const string Capability = "ecs.capability.";

    // Docker API versions that stand for a capability of their own: 1.26, 1.27, 1.31 and everything from 1.33 up never did.
    private static readonly string[] AdvertisedApiVersions =
    [
        "1.17", "1.18", "1.19", "1.20", "1.21", "1.22", "1.23", "1.24", "1.25", "1.28", "1.29", "1.30", "1.32",
    ];

    private static readonly Dictionary<string, string> LoggingDriverApiVersions = new(StringComparer.Ordinal)
    {
        ["json-file"] = "1.18",
        ["syslog"] = "1.18",
        ["journald"] = "1.19",
        ["none"] = "1.19",
        ["gelf"] = "1.20",
        ["fluentd"] = "1.20",
        ["awslogs"] = "1.21",
        ["splunk"] = "1.22",
        ["logentries"] = "1.25",
        ["sumologic"] = "1.29",
    };

    /// <param name="options">Which capabilities are switched off, the custom attributes, the logging drivers.</param>
    /// <param name="runtime">Which Docker API versions there are.</param>
    /// <param name="host">What the machine can do.</param>
    /// <param name="architecture">Of the machine; sent only outside EC2, where the control plane cannot know it.</param>
    /// <param name="registeredBefore">Custom attributes are sent at the first registration only.</param>
    public static ImmutableArray<KeyValuePair<string, string?>> Of(
        AgentOptions options, RuntimeInfo runtime, HostAbilities host, Architecture architecture, bool registeredBefore)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(runtime);
        ArgumentNullException.ThrowIfNull(host);
        var attributes = ImmutableArray.CreateBuilder<KeyValuePair<string, string?>>();
        if (!registeredBefore)
        {
            attributes.AddRange(options.InstanceAttributes.Select(
                attribute => new KeyValuePair<string, string?>(attribute.Key, attribute.Value)));
        }

        attributes.AddRange(Capabilities(options, runtime, host).Select(name => new KeyValuePair<string, string?>(name, null)));
        if (options is { GpuSupport: true, GpuDriverVersion: { Length: > 0 } driver })
        {
            attributes.Add(new(Capability + "nvidia-driver-version." + driver, null));
            attributes.Add(new(Capability + "gpu-driver-version", driver));
        }

        attributes.AddRange(OperatingSystem(options, architecture));
        return attributes.ToImmutable();
    }

    private static IEnumerable<string> Capabilities(AgentOptions options, RuntimeInfo runtime, HostAbilities host)
    {
        yield return Capability + "private-registry-authentication.secretsmanager";
        yield return Capability + "secrets.ssm.environment-variables";
        yield return Capability + "secrets.ssm.bootstrap.log-driver";
        yield return Capability + "ecr-endpoint";
        yield return Capability + "secrets.asm.environment-variables";
        yield return Capability + "secrets.asm.bootstrap.log-driver";
        yield return Capability + "container-ordering";
        yield return Capability + "full-sync";
        yield return Capability + "env-files.s3";
        yield return Capability + "network.container-port-range";
        yield return Capability + "container-restart-policy";
        if (!options.PrivilegedDisabled)
        {
            yield return Legacy + "privileged-container";
        }

        foreach (var version in runtime.SupportedApiVersions.Where(AdvertisedApiVersions.Contains))
        {
            yield return Legacy + "docker-remote-api." + version;
        }

        foreach (var driver in options.LoggingDrivers.Where(driver => CanLog(driver, runtime)))
        {
            yield return Legacy + "logging-driver." + driver;
        }

        if (options.SELinuxCapable)
        {
            yield return Legacy + "selinux";
        }

        if (options.AppArmorCapable)
        {
            yield return Legacy + "apparmor";
        }

        if (host.TaskLimits && runtime.SupportedApiVersions.Contains("1.22"))
        {
            yield return Capability + "task-cpu-mem-limit";
            yield return Capability + "increased-task-cpu-limit";
        }

        if (runtime.SupportedApiVersions.Contains("1.19"))
        {
            yield return Legacy + "ecr-auth";
            yield return Capability + "execution-role-ecr-pull";
        }

        if (!options.DockerHealthCheckDisabled && runtime.SupportedApiVersions.Contains("1.24"))
        {
            yield return Capability + "container-health-check";
        }

        foreach (var volume in Volumes(options, host))
        {
            yield return Capability + volume;
        }

        if (host.PauseContainers)
        {
            yield return Capability + "pid-ipc-namespace-sharing";
        }

        if (options.External)
        {
            yield return Capability + "external";
        }
    }

    /// <summary>A file system of EFS is one more mount for Docker's own driver; what goes beyond that, the plugin of Amazon ECS says itself.</summary>
    private static IEnumerable<string> Volumes(AgentOptions options, HostAbilities host) =>
    [
        "docker-plugin.local",
        .. host.VolumePlugins.Select(plugin => "docker-plugin." + plugin.Replace(':', '.')),
        "efs",
        .. options.VolumePluginCapabilities.Where(capability => capability.Length > 0),
    ];

    private static bool CanLog(string driver, RuntimeInfo runtime) =>
        LoggingDriverApiVersions.TryGetValue(driver, out var version) && runtime.SupportedApiVersions.Contains(version);

    private static IEnumerable<KeyValuePair<string, string?>> OperatingSystem(AgentOptions options, Architecture architecture)
    {
        yield return new("ecs.os-type", "linux");
        yield return new("ecs.os-family", "LINUX");
        if (options.DetailedOsFamily.Length > 0)
        {
            yield return new("ecs.os-type-detailed", options.DetailedOsFamily);
        }

        if (options.External)
        {
            yield return new("ecs.cpu-architecture", NameOf(architecture));
        }
    }

    private static string NameOf(Architecture architecture) => architecture switch
    {
        Architecture.X64 => "x86_64",
        Architecture.X86 => "i386",
        _ => architecture.ToString().ToLowerInvariant(),
    };
}
