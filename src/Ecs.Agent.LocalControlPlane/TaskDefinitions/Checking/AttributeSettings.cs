using System.Collections.Immutable;
using Ecs.Agent.LocalControlPlane.TaskDefinitions.Attributes;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Checking;

/// <summary>What makes an agent register an attribute that it does not register by itself.</summary>
internal static class AttributeSettings
{
    private const string LoggingDriver = "com.amazonaws.ecs.capability.logging-driver.";
    private const string DockerPlugin = "ecs.capability.docker-plugin.";

    private static readonly ImmutableDictionary<string, string> Settings = new Dictionary<string, string>
    {
        [AttributeNames.TaskIamRole] = "ECS_ENABLE_TASK_IAM_ROLE=true.",
        [AttributeNames.TaskIamRoleNetworkHost] = "ECS_ENABLE_TASK_IAM_ROLE_NETWORK_HOST=true.",
        [AttributeNames.ExecutionRoleAwslogs] = "ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE=true.",
        [AttributeNames.TaskEni] = "ECS_ENABLE_TASK_ENI=true, in a VPC.",
        [AttributeNames.EfsAuth] = "The volume plugin of ECS, and ECS_VOLUME_PLUGIN_CAPABILITIES=[\"efsAuth\"].",
        [AttributeNames.Gmsa] = "ECS_GMSA_SUPPORTED=true, and a machine of the domain.",
        [AttributeNames.GmsaDomainless] = "ECS_GMSA_SUPPORTED=true, and the credentials fetcher.",
        [AttributeNames.FsxWindowsFileServer] = "A Windows instance.",
        [AttributeNames.FaultInjection] = "iptables, tc and nsenter on the instance.",
        [AttributeNames.EbsTaskVolume] = "The EBS volume of the call that runs the task.",
    }.ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>The setting that keeps an agent from registering what it otherwise would; null where there is none.</summary>
    public static string? AgainstIt(string attribute) => attribute switch
    {
        AttributeNames.PrivilegedContainer => "ECS_DISABLE_PRIVILEGED",
        AttributeNames.ContainerHealthCheck => "ECS_DISABLE_DOCKER_HEALTH_CHECK",
        _ => null,
    };

    /// <summary>The setting, or null where every agent on Linux registers the attribute.</summary>
    public static string? Of(string attribute) => attribute switch
    {
        LoggingDriver + "json-file" or LoggingDriver + "awsfirelens" or DockerPlugin + "local" => null,
        _ when attribute.StartsWith(LoggingDriver, StringComparison.Ordinal) =>
            $"ECS_AVAILABLE_LOGGING_DRIVERS with \"{attribute[LoggingDriver.Length..]}\".",
        _ when attribute.StartsWith(DockerPlugin, StringComparison.Ordinal) =>
            $"Docker's volume plugin {attribute[DockerPlugin.Length..]}.",
        _ => Settings.GetValueOrDefault(attribute),
    };
}
