namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Validation;

/// <summary>Name and image.</summary>
internal static class ContainerNameRules
{
    public static void Check(ContainerRules rules)
    {
        CheckName(rules);
        var image = rules.Container.Image;
        if (string.IsNullOrEmpty(image))
        {
            rules.Add("image", "Container.image should not be null or empty.");
        }
        else if (image.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
        {
            rules.Add("image", $"Container.image contains invalid characters. Found '{image}'.");
        }

        if (rules.Container.RepositoryCredentials is { } credentials)
        {
            rules.Definition.NotEmpty(rules.Path("repositoryCredentials.credentialsParameter"), credentials.CredentialsParameter,
                "RepositoryCredentials.credentialsParameter");
        }
    }

    private static void CheckName(ContainerRules rules)
    {
        var name = rules.Container.Name;
        if (string.IsNullOrEmpty(name))
        {
            rules.Add("name", "Container.name should not be null or empty.");
        }
        else if (!NamePattern.Matches(name))
        {
            rules.Add("name", $"Container.name contains invalid characters. Found '{name}'. {NamePattern.Rule}");
        }
        else if (rules.Definition.Containers.Take(rules.Index).Any(c => c.Name == name))
        {
            rules.Add("name", $"Duplicate container name '{name}'. Container names must be unique within a task definition.");
        }
    }
}
