using System.Text.Json.Nodes;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Payload;

/// <summary><c>dockerConfig.config</c>: the part of Docker's container config that passes through the agent untouched.</summary>
internal static class DockerContainerConfig
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>The JSON text, or null when the container sets nothing of it.</summary>
    public static string? Of(ContainerDefinition container)
    {
        var config = new JsonObject();
        config.Set("Hostname", container.Hostname);
        config.Set("User", container.User);
        config.Set("WorkingDir", container.WorkingDirectory);
        config.Set("NetworkDisabled", container.DisableNetworking);
        config.Set("OpenStdin", container.Interactive);
        config.Set("Tty", container.PseudoTerminal);
        config.Set("Labels", DockerJson.Map(container.DockerLabels));
        config.Set("Healthcheck", Health(container.HealthCheck));
        return DockerJson.TextOrAbsent(config);
    }

    private static JsonObject? Health(HealthCheck? check)
    {
        if (check is null)
        {
            return null;
        }

        var health = new JsonObject
        {
            ["Test"] = DockerJson.Strings(check.Command),
            ["Interval"] = (check.Interval ?? HealthCheckDefaults.IntervalSeconds) * NanosecondsPerSecond,
            ["Timeout"] = (check.Timeout ?? HealthCheckDefaults.TimeoutSeconds) * NanosecondsPerSecond,
            ["Retries"] = check.Retries ?? HealthCheckDefaults.Retries,
        };
        health.Set("StartPeriod", check.StartPeriod * NanosecondsPerSecond);
        return health;
    }
}
