namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Validation;

/// <summary>Timeouts, health check and restart policy.</summary>
internal static class ContainerLifetimeRules
{
    private const int LeastStartTimeoutSeconds = 2;
    private const int MostTimeoutSeconds = 120;
    private const int MostIgnoredExitCodes = 50;

    public static void Check(ContainerRules rules)
    {
        rules.Definition.Range(rules.Path("startTimeout"), rules.Container.StartTimeout, LeastStartTimeoutSeconds, MostTimeoutSeconds,
            "seconds");
        if (rules.Container.StopTimeout < 0)
        {
            rules.Add("stopTimeout", $"Invalid value {rules.Container.StopTimeout}: must not be negative.");
        }

        CheckHealth(rules);
        CheckRestartPolicy(rules);
    }

    private static void CheckHealth(ContainerRules rules)
    {
        if (rules.Container.HealthCheck is not { } check)
        {
            return;
        }

        if (check.Command is not { Count: > 0 })
        {
            rules.Add("healthCheck.command", "HealthCheck.command should not be null or empty.");
        }
        else if (check.Command[0] is not ("CMD" or "CMD-SHELL"))
        {
            rules.Add("healthCheck.command[0]", $"A health check command must begin with CMD or CMD-SHELL. Found '{check.Command[0]}'.");
        }
        else if (check.Command.Count < 2)
        {
            rules.Add("healthCheck.command", $"A health check needs a command after {check.Command[0]}.");
        }

        rules.Definition.Range(rules.Path("healthCheck.interval"), check.Interval, 5, 300, "seconds");
        rules.Definition.Range(rules.Path("healthCheck.timeout"), check.Timeout, 2, 120, "seconds");
        rules.Definition.Range(rules.Path("healthCheck.retries"), check.Retries, 1, 10);
        rules.Definition.Range(rules.Path("healthCheck.startPeriod"), check.StartPeriod, 0, 300, "seconds");
    }

    private static void CheckRestartPolicy(ContainerRules rules)
    {
        if (rules.Container.RestartPolicy is not { } policy)
        {
            return;
        }

        rules.Definition.Range(rules.Path("restartPolicy.restartAttemptPeriod"), policy.RestartAttemptPeriod, 60, 1800, "seconds");
        if (policy.IgnoredExitCodes?.Count > MostIgnoredExitCodes)
        {
            rules.Add("restartPolicy.ignoredExitCodes",
                $"Found {policy.IgnoredExitCodes.Count} exit codes, at most {MostIgnoredExitCodes} are allowed.");
        }
    }
}
