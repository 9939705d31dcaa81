using System.Globalization;
using Ecs.Agent.LocalControlPlane.State;

namespace Ecs.Agent.LocalControlPlane.Families;

/// <summary>
/// How a caller names a task definition: <c>family</c>, <c>family:revision</c> or the ARN. Without a revision the newest ACTIVE one is
/// meant.
/// </summary>
internal sealed record DefinitionName(string Family, int? Revision)
{
    /// <summary>Null when the text cannot name anything (a revision that is no positive number).</summary>
    public static DefinitionName? Parse(string text)
    {
        var name = ResourceNames.IsArn(text) ? ResourceNames.LastSegment(text) : text;
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return new DefinitionName(name, null);
        }

        return int.TryParse(name[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var revision) && revision > 0
            ? new DefinitionName(name[..colon], revision)
            : null;
    }

    public RegisteredTaskDefinition? FindIn(ControlPlaneState state) =>
        state.Families.GetValueOrDefault(Family) is { } family
            ? Revision is { } revision ? family.Revision(revision) : family.LatestActive
            : null;
}
