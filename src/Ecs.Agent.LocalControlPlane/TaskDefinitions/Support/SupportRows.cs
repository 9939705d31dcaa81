using System.Collections.Immutable;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Support;

/// <summary>Short ways to write the rows.</summary>
internal static class SupportRows
{
    public static MemberSupport Honoured(string member, string arrival, string? locally = null) =>
        new(member, MemberFate.Honoured, arrival, locally);

    public static MemberSupport Elsewhere(string member, string why, string? locally = null) =>
        new(member, MemberFate.NotApplicable, why, locally);

    /// <summary>Members that share one refusal.</summary>
    public static IEnumerable<MemberSupport> Refused(string text, string? locally, params ImmutableArray<string> members) =>
        members.Select(member => new MemberSupport(member, MemberFate.Refused, text, locally));

    /// <summary>The members of one shape, each under the path of the shape.</summary>
    public static IEnumerable<MemberSupport> Under(string path, params ImmutableArray<MemberSupport> rows) =>
        rows.Select(row => row with { Member = $"{path}{row.Member}" });
}
