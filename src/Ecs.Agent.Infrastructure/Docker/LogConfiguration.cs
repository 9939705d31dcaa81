using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Amazon;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;

namespace Ecs.Agent.Infrastructure.Docker;

/// <summary>What the agent adds to the log configuration that the control plane has put into Docker's words.</summary>
internal static class LogConfiguration
{
    private const string AwsLogs = "awslogs";

    // The driver that comes with Docker does not know where these regions have CloudWatch Logs.
    private static readonly ImmutableHashSet<string> RegionsUnknownToTheDriver =
    [
        "us-isob-east-1", "us-iso-east-1", "us-iso-west-1", "eu-isoe-west-1", "us-isof-south-1", "us-isof-east-1", "us-isob-west-1",
        "eusc-de-east-1",
    ];

    /// <summary>Changes <paramref name="hostConfig"/>; throws <see cref="RuntimeException"/> where the driver cannot have what it needs.</summary>
    public static void Complete(JsonObject hostConfig, ContainerCreation creation)
    {
        if (GoJsonMerge.Find(hostConfig, "LogConfig") is not JsonObject logConfig)
        {
            return;
        }

        var driver = TextOf(GoJsonMerge.Find(logConfig, "Type")) ?? "";
        var options = GoJsonMerge.Find(logConfig, "Config") as JsonObject ?? [];
        AddSecrets(driver, options, creation);
        if (driver == AwsLogs)
        {
            LendExecutionRole(options, creation);
            NameEndpoint(options, creation.Region);
        }

        BoundBuffer(options);
        if (options.Parent is null && options.Count > 0)
        {
            GoJsonMerge.Set(logConfig, "Config", options);
        }
    }

    private static void AddSecrets(string driver, JsonObject options, ContainerCreation creation)
    {
        foreach (var (name, value) in creation.SecretLogOptions)
        {
            if (driver.Length > 0 && value.Length > 0)
            {
                options[name] = value;
            }
        }
    }

    private static void LendExecutionRole(JsonObject options, ContainerCreation creation)
    {
        if (creation.Container.LogsAuthStrategy != LogsAuthStrategy.ExecutionRole)
        {
            return;
        }

        options["awslogs-credentials-endpoint"] = creation.Task.ExecutionCredentialsId is { } id
            ? "/v2/credentials/" + id
            : throw new RuntimeException(
                new ContainerError(ContainerErrorNames.HostConfig, "No execution credentials set for the task"), RuntimeFailureKind.Permanent);
    }

    private static void NameEndpoint(JsonObject options, string region)
    {
        if (RegionsUnknownToTheDriver.Contains(region))
        {
            options["awslogs-endpoint"] = $"https://logs.{region}.{RegionEndpoint.GetBySystemName(region).PartitionDnsSuffix}";
        }
    }

    // Without a bound, a slow log destination would let a non-blocking driver buffer without end.
    private static void BoundBuffer(JsonObject options)
    {
        if (TextOf(options["mode"]) == "non-blocking" && !options.ContainsKey("max-buffer-size"))
        {
            options["max-buffer-size"] = "10m";
        }
    }

    private static string? TextOf(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
