using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Validation;

/// <summary>Environment, environment files and secrets. Values are never shown.</summary>
internal static class EnvironmentRules
{
    private const int MostEnvironmentFiles = 10;

    public static void Check(ContainerRules rules)
    {
        foreach (var (index, variable) in (rules.Container.Environment ?? []).Index())
        {
            CheckVariableName(rules, rules.Path("environment", index, "name"), variable.Name);
        }

        foreach (var (index, secret) in (rules.Container.Secrets ?? []).Index())
        {
            CheckSecret(rules, secret, index);
        }

        CheckFiles(rules);
    }

    private static void CheckVariableName(ContainerRules rules, string path, string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            rules.Definition.Add(path, "Environment variable name should not be null or empty.");
        }
        else if (name.Contains('=', StringComparison.Ordinal) || name.Contains('\0', StringComparison.Ordinal))
        {
            // What follows the sign is likely the value, which is not ours to show.
            rules.Definition.Add(path,
                $"Environment variable name '{name.Split('=', '\0')[0]}…' must not contain '=': the value has a member of its own.");
        }
    }

    private static void CheckSecret(ContainerRules rules, Secret secret, int index)
    {
        var path = rules.Path("secrets", index, "name");
        CheckVariableName(rules, path, secret.Name);
        rules.Definition.NotEmpty(rules.Path("secrets", index, "valueFrom"), secret.ValueFrom, "Secret.valueFrom");
        if ((rules.Container.Environment ?? []).Any(variable => variable.Name == secret.Name)
            || rules.Container.Secrets!.Take(index).Any(other => other.Name == secret.Name))
        {
            rules.Definition.Add(path,
                "The secret name must be unique and not shared with any new or existing environment variables set on the"
                + $" container, such as '{secret.Name}'.");
        }
    }

    private static void CheckFiles(ContainerRules rules)
    {
        var files = rules.Container.EnvironmentFiles ?? [];
        if (files.Count > MostEnvironmentFiles)
        {
            rules.Add("environmentFiles", $"Found {files.Count} environment files, at most {MostEnvironmentFiles} are allowed.");
        }

        foreach (var (index, file) in files.Index())
        {
            if (file.Value?.EndsWith(".env", StringComparison.Ordinal) != true || !file.Value.StartsWith("arn:", StringComparison.Ordinal))
            {
                rules.Definition.Add(rules.Path("environmentFiles", index, "value"),
                    $"An environment file must be the ARN of an S3 object whose name ends in .env. Found '{file.Value}'.");
            }
        }
    }
}
