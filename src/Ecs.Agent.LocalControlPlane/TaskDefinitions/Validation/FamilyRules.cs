namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Validation;

/// <summary>The family and the list of containers as a whole.</summary>
internal static class FamilyRules
{
    private const int MostContainers = 10;

    public static void Check(DefinitionRules rules)
    {
        var family = rules.Request.Family;
        if (string.IsNullOrEmpty(family))
        {
            rules.Add("family", "Family should not be null or empty.");
        }
        else if (!NamePattern.Matches(family))
        {
            rules.Add("family", $"Family contains invalid characters. Found '{family}'. {NamePattern.Rule}");
        }

        CheckContainerList(rules);
    }

    private static void CheckContainerList(DefinitionRules rules)
    {
        const string Path = "containerDefinitions";
        if (rules.Containers.Count == 0)
        {
            rules.Add(Path, "Container list cannot be empty.");
            return;
        }

        if (rules.Containers.Count > MostContainers)
        {
            rules.Add(Path, $"Too many containers. Found {rules.Containers.Count}, at most {MostContainers} are allowed.");
        }

        if (rules.Containers.All(c => c.Essential == false))
        {
            rules.Add(Path, "A task definition must have at least one essential container.");
        }
    }
}
