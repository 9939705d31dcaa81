using System.Collections.Immutable;
using Ecs.Agent.LocalControlPlane.TaskDefinitions;
using Ecs.Agent.LocalControlPlane.TaskDefinitions.Checking;

namespace Ecs.Agent.Host.Presentation;

/// <summary>
/// What <c>check</c> prints: a table of the members that are given, each target, and at the end, where one looks first, what is wrong and the
/// verdict. Pure.
/// </summary>
internal sealed class CheckLines(bool colours)
{
    private const int PathsToShow = 4;

    private static readonly ImmutableArray<(CheckTarget Target, string Name, string InWords)> Targets =
    [
        (CheckTarget.Local, "here", "this machine"), (CheckTarget.Ec2, "EC2", "EC2"), (CheckTarget.Fargate, "Fargate", "Fargate"),
        (CheckTarget.External, "external", "external instances"),
    ];

    private readonly Palette _palette = new(colours);

    public IEnumerable<string> Of(string file, ImmutableArray<string> notes, DefinitionReport report)
    {
        yield return Printable.Text(Title(file, report));
        foreach (var line in notes.Select(note => $"  note: {Printable.Text(note)}")
            .Concat(new CheckTable(_palette, Targets).Of(report))
            .Concat(report.Targets.SelectMany(target => OfTarget(target, report)))
            .Concat(Problems(report.Warnings, "warning", _palette.Attention))
            .Concat(Problems(report.Mistakes, "mistake", _palette.Bad)))
        {
            yield return line;
        }

        yield return "";
        yield return Verdict(report);
    }

    private static string Title(string file, DefinitionReport report) => report.Family is null
        ? file
        : $"{file}: family {report.Family}, container{(report.Containers.Length == 1 ? "" : "s")} {string.Join(", ", report.Containers)}";

    private static IEnumerable<string> Problems(ImmutableArray<DefinitionProblem> problems, string what, Func<string, string> paint)
    {
        if (problems.IsEmpty)
        {
            yield break;
        }

        yield return "";
        yield return paint($"{problems.Length} {what}{(problems.Length == 1 ? "" : "s")}");
        foreach (var problem in problems)
        {
            yield return $"  {Printable.Text(problem.Path)}";
            yield return $"      {Printable.Text(problem.Message)}";
        }
    }

    private IEnumerable<string> OfTarget(TargetReport report, DefinitionReport whole)
    {
        yield return "";
        var name = Targets.First(entry => entry.Target == report.Target).InWords;
        yield return $"{_palette.Strong(name)}: {Summary(report, whole)}";

        // What is among the mistakes has been said.
        var known = whole.Mistakes.Select(mistake => (mistake.Path, mistake.Message)).ToHashSet();
        var said = report.Findings.Count(finding => known.Contains((finding.Path, finding.Text)));
        if (said > 0)
        {
            yield return $"  {Mark(FindingKind.Refused)} {said} of the mistakes below";
        }

        foreach (var group in report.Findings.Where(finding => !known.Contains((finding.Path, finding.Text)))
            .GroupBy(finding => (finding.Kind, finding.Text)).OrderByDescending(group => group.Key.Kind))
        {
            yield return $"  {Mark(group.Key.Kind)} {Printable.Text(group.Key.Text)}";
            yield return $"            {Printable.Text(Paths([.. group.Select(finding => finding.Path)]))}";
        }
    }

    private static string Paths(ImmutableArray<string> paths) => paths.Length <= PathsToShow
        ? string.Join(", ", paths)
        : $"{string.Join(", ", paths.Take(PathsToShow))} and {paths.Length - PathsToShow} more";

    private string Summary(TargetReport report, DefinitionReport whole)
    {
        var runs = whole.Mistakes.IsEmpty ? "runs" : "would run without the mistakes";
        var refused = report.Findings.Count(finding => finding.Kind == FindingKind.Refused);
        var others = report.Findings.Length - refused;
        var place = report.Target == CheckTarget.Local ? "here" : "there";
        return refused > 0
            ? _palette.Bad($"does not run {place}, for {refused} reason{(refused == 1 ? "" : "s")}")
            : _palette.Good(others == 0 ? $"{runs}, as it is written" : $"{runs}, with the following");
    }

    private string Mark(FindingKind kind) => kind switch
    {
        FindingKind.Needs => _palette.Attention("needs    "),
        FindingKind.Differs => _palette.Attention("differs  "),
        FindingKind.Refused => _palette.Bad("no       "),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A kind without a mark."),
    };

    private string Verdict(DefinitionReport report)
    {
        if (!report.Mistakes.IsEmpty)
        {
            return _palette.Bad($"Not valid: {report.Mistakes.Length} mistake{(report.Mistakes.Length == 1 ? "" : "s")}, listed above.");
        }

        var runs = report.Targets.Where(target => target.CanRun).Select(target => Where(target.Target)).ToArray();
        var not = report.Targets.Where(target => !target.CanRun).Select(target => Where(target.Target)).ToArray();
        return runs.Length == 0
            ? _palette.Bad("Valid, but runs nowhere as it is.")
            : _palette.Good($"Valid; runs {Phrases(runs)}{(not.Length == 0 ? "" : $", not {Phrases(not, "nor")}")}.");
    }

    private static string Phrases(string[] places, string last = "and") =>
        places.Length == 1 ? places[0] : $"{string.Join(", ", places[..^1])} {last} {places[^1]}";

    private static string Where(CheckTarget target) => target switch
    {
        CheckTarget.Local => "here",
        CheckTarget.Ec2 => "on EC2",
        CheckTarget.Fargate => "on Fargate",
        CheckTarget.External => "on external instances",
        _ => throw new ArgumentOutOfRangeException(nameof(target), target, "A target without a name."),
    };
}
