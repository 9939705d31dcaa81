using System.Collections.Immutable;

namespace Ecs.Agent.LocalControlPlane.Families;

/// <summary>All revisions of one family. Revision numbers count up from 1 and are never used twice; revision n sits at index n-1.</summary>
internal sealed record TaskDefinitionFamily(string Name, ImmutableArray<RegisteredTaskDefinition> Revisions)
{
    public int NextRevision => Revisions.Length + 1;

    /// <summary>What the bare family name stands for: its newest ACTIVE revision.</summary>
    public RegisteredTaskDefinition? LatestActive => Revisions.LastOrDefault(revision => revision.IsActive);

    public RegisteredTaskDefinition? Revision(int number) => number >= 1 && number <= Revisions.Length ? Revisions[number - 1] : null;

    public TaskDefinitionFamily With(RegisteredTaskDefinition revision)
    {
        var index = revision.Definition.Revision!.Value - 1;
        return this with { Revisions = index == Revisions.Length ? Revisions.Add(revision) : Revisions.SetItem(index, revision) };
    }
}
