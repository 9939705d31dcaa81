using System.Text.RegularExpressions;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Validation;

/// <summary>The names ECS takes for families, containers and volumes.</summary>
internal static partial class NamePattern
{
    public const string Rule = "Up to 255 letters (uppercase and lowercase), numbers, hyphens and underscores are allowed.";

    public static bool Matches(string name) => Letters().IsMatch(name);

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,255}\z")]
    private static partial Regex Letters();
}
