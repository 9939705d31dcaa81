using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Validation;

/// <summary>Log drivers and the FireLens router.</summary>
internal static class LoggingRules
{
    public static void Check(ContainerRules rules)
    {
        CheckRouter(rules);
        if (rules.Container.LogConfiguration is not { } log)
        {
            return;
        }

        CheckOptions(rules, log);
        foreach (var (index, secret) in (log.SecretOptions ?? []).Index())
        {
            rules.Definition.NotEmpty(rules.Path("logConfiguration.secretOptions", index, "name"), secret.Name, "Secret.name");
            rules.Definition.NotEmpty(rules.Path("logConfiguration.secretOptions", index, "valueFrom"), secret.ValueFrom,
                "Secret.valueFrom");
        }

        if (log.LogDriver == "awsfirelens" && rules.Definition.Containers.All(c => c.FirelensConfiguration is null))
        {
            rules.Add("logConfiguration.logDriver",
                "Log driver awsfirelens requires a container with firelensConfiguration in the task definition.");
        }
    }

    private static void CheckOptions(ContainerRules rules, LogConfiguration log)
    {
        string[] required = log.LogDriver switch
        {
            "awslogs" => ["awslogs-region", "awslogs-group"],
            "splunk" => ["splunk-url", "splunk-token"],
            _ => [],
        };
        if (required.Any(option => !IsGiven(log, option)))
        {
            rules.Add("logConfiguration.options", $"Log driver {log.LogDriver} requires options: {string.Join(", ", required)}");
        }
    }

    private static bool IsGiven(LogConfiguration log, string option) =>
        log.Options?.ContainsKey(option) == true || log.SecretOptions?.Any(secret => secret.Name == option) == true;

    private static void CheckRouter(ContainerRules rules)
    {
        if (rules.Container.FirelensConfiguration is not { } router)
        {
            return;
        }

        if (rules.Definition.Containers.Take(rules.Index).Any(c => c.FirelensConfiguration is not null))
        {
            rules.Add("firelensConfiguration", "At most one container of a task definition can have a firelensConfiguration.");
        }

        if (rules.Container.LogConfiguration?.LogDriver == "awsfirelens")
        {
            rules.Add("logConfiguration.logDriver", "A container with firelensConfiguration cannot use the log driver awsfirelens itself.");
        }

        CheckRouterOptions(rules, router);
    }

    private static void CheckRouterOptions(ContainerRules rules, FirelensConfiguration router)
    {
        var type = router.Options?.GetValueOrDefault("config-file-type");
        var value = router.Options?.GetValueOrDefault("config-file-value");
        if (type is not (null or "s3" or "file"))
        {
            rules.Add("firelensConfiguration.options.config-file-type", $"Invalid value '{type}': must be one of s3, file.");
        }

        if (type is null != value is null)
        {
            rules.Add("firelensConfiguration.options", "config-file-type and config-file-value must be given together.");
        }
    }
}
