using System.Collections.Immutable;
using Ecs.Agent.Host.CommandLine;
using Ecs.Agent.LocalControlPlane.TaskDefinitions;
using Ecs.Agent.LocalControlPlane.TaskDefinitions.Checking;
using Ecs.Agent.LocalControlPlane.TaskDefinitions.Support;

namespace Ecs.Agent.Host.Checking;

/// <summary>The JSON of <c>check --json</c>. Members are added, never renamed or taken away; docs/check.md describes them.</summary>
internal sealed record CheckDocument
{
    public required string File { get; init; }

    public string? Family { get; init; }

    public required ImmutableArray<string> Containers { get; init; }

    public required bool Valid { get; init; }

    public required ImmutableArray<string> Notes { get; init; }

    public required ImmutableArray<BrokenRule> Mistakes { get; init; }

    public required ImmutableArray<BrokenRule> Warnings { get; init; }

    public required ImmutableArray<Target> Targets { get; init; }

    public required ImmutableArray<Field> Fields { get; init; }

    public static CheckDocument Of(string file, ImmutableArray<string> notes, DefinitionReport report) => new()
    {
        File = file,
        Family = report.Family,
        Containers = report.Containers,
        Valid = report.Mistakes.IsEmpty,
        Notes = notes,
        Mistakes = [.. report.Mistakes.Select(Rule)],
        Warnings = [.. report.Warnings.Select(Rule)],
        Targets = [.. report.Targets.Select(target => new Target(
            CheckOptions.NameOf(target.Target),
            target.CanRun && report.Mistakes.IsEmpty,
            [.. target.Findings.Select(finding => new Finding(finding.Path, Name(finding.Kind), finding.Text))]))],
        Fields = [.. report.Fields.Select(field => new Field(
            field.Path, field.Support.Member, Name(field.Support.Fate), field.Support.Text,
            Name(field.Local), Name(field.Ec2), Name(field.Fargate), Name(field.External)))],
    };

    private static BrokenRule Rule(DefinitionProblem problem) => new(problem.Path, problem.Message);

    private static string Name(FindingKind kind) => kind switch
    {
        FindingKind.Needs => "needs",
        FindingKind.Differs => "differs",
        FindingKind.Refused => "refused",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A kind without a name."),
    };

    private static string Name(FieldOutcome outcome) => outcome switch
    {
        FieldOutcome.NoEffect => "noEffect",
        FieldOutcome.Honoured => "honoured",
        FieldOutcome.Needs => "needs",
        FieldOutcome.Differs => "differs",
        FieldOutcome.Refused => "refused",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "An outcome without a name."),
    };

    private static string Name(MemberFate fate) => fate switch
    {
        MemberFate.Honoured => "honoured",
        MemberFate.Refused => "refused",
        MemberFate.NotApplicable => "notApplicable",
        _ => throw new ArgumentOutOfRangeException(nameof(fate), fate, "A fate without a name."),
    };

    internal sealed record BrokenRule(string Path, string Rule);

    internal sealed record Target(string Name, bool Runs, ImmutableArray<Finding> Findings);

    internal sealed record Finding(string Path, string Kind, string Text);

    internal sealed record Field(
        string Path, string Member, string Agent, string Arrives, string Local, string Ec2, string Fargate, string External);
}
