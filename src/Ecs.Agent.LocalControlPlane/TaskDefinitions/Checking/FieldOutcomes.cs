using System.Collections.Immutable;
using Ecs.Agent.LocalControlPlane.TaskDefinitions.Support;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Checking;

/// <summary>Says of one member what becomes of it on each target: what the findings say, otherwise what holds for the member.</summary>
internal static class FieldOutcomes
{
    public static FieldReport Of((string Path, string Member) field, ImmutableArray<TargetReport> targets)
    {
        var support = SupportTable.Find(field.Member)
            ?? throw new InvalidOperationException($"The table of members has no {field.Member}.");
        FieldOutcome On(CheckTarget target) => Outcome(field.Path, support, targets.First(report => report.Target == target));
        return new FieldReport(field.Path, support)
        {
            Local = On(CheckTarget.Local),
            Ec2 = On(CheckTarget.Ec2),
            Fargate = On(CheckTarget.Fargate),
            External = On(CheckTarget.External),
        };
    }

    private static FieldOutcome Outcome(string path, MemberSupport support, TargetReport report)
    {
        var findings = report.Findings.Where(finding => Concerns(finding.Path, path)).ToList();
        return findings.Count == 0 ? Without(support, report.Target) : findings.Max(finding => finding.Kind) switch
        {
            FindingKind.Needs => FieldOutcome.Needs,
            FindingKind.Differs => FieldOutcome.Differs,
            FindingKind.Refused => FieldOutcome.Refused,
            var other => throw new InvalidOperationException($"No outcome for {other}."),
        };
    }

    // Ephemeral storage is Fargate's own; the other members that no agent acts upon are the same to every target.
    private static FieldOutcome Without(MemberSupport support, CheckTarget target) =>
        support.Fate != MemberFate.NotApplicable
            || (target == CheckTarget.Fargate && support.Member.StartsWith("ephemeralStorage", StringComparison.Ordinal))
        ? FieldOutcome.Honoured : FieldOutcome.NoEffect;

    /// <summary>Whether a finding at a path is about the member: about itself or about the whole that it is part of.</summary>
    private static bool Concerns(string finding, string member) => member.StartsWith(finding, StringComparison.Ordinal)
        && (member.Length == finding.Length || member[finding.Length] is '.' or '[');
}
