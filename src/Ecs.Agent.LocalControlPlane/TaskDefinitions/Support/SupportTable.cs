using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Support;

/// <summary>
/// Every member of RegisterTaskDefinition and what becomes of it: the source of <c>docs/task-definition-support.md</c> and of
/// <c>ecs-agent check</c>.
/// </summary>
public static class SupportTable
{
    /// <summary>All members, each once: the definition's, the containers', the volumes'.</summary>
    public static ImmutableArray<MemberSupport> Rows { get; } = [.. TaskMembers.Rows, .. ContainerMembers.Rows, .. VolumeMembers.Rows];

    private static readonly FrozenDictionary<string, MemberSupport> ByMember =
        Rows.ToFrozenDictionary(row => row.Member, StringComparer.Ordinal);

    /// <summary>The row of a member, null when there is no such member.</summary>
    /// <param name="member">Its path with <c>[]</c> behind lists.</param>
    public static MemberSupport? Find(string member) => ByMember.GetValueOrDefault(member);
}
