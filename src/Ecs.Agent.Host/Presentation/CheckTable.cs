using System.Collections.Immutable;
using System.Globalization;
using Ecs.Agent.LocalControlPlane.TaskDefinitions.Checking;

namespace Ecs.Agent.Host.Presentation;

/// <summary>
/// The members that a definition gives, one line each with a column for each target and where it arrives in the payload or in Docker. What
/// is inside a member is folded into it; the worst that befalls any part of it is shown.
/// </summary>
internal sealed class CheckTable(Palette palette, ImmutableArray<(CheckTarget Target, string Name, string InWords)> targets)
{
    private const int ColumnWidth = 10;
    private const int MostOfArrival = 72;

    public IEnumerable<string> Of(DefinitionReport report)
    {
        if (report.Fields.IsEmpty)
        {
            yield break;
        }

        var rows = report.Fields.Where(IsPart).Select(field => (Field: field, Row: Row(field.Path))).ToImmutableArray();
        var width = rows.Max(entry => entry.Row.Name.Length) + 4;
        yield return "";
        yield return Line("", width, [.. targets.Select(target => target.Name.PadRight(ColumnWidth))], "arrives as");
        foreach (var group in rows.GroupBy(entry => entry.Row.Owner))
        {
            yield return palette.Strong(Printable.Text(Title(group.Key, report)));
            foreach (var member in group.GroupBy(entry => entry.Row.Name))
            {
                var columns = targets.Select(target => Mark(member.Max(entry => entry.Field.On(target.Target)))).ToImmutableArray();
                yield return Line($"  {member.Key}", width, columns, Arrival(member.First().Field));
            }
        }
    }

    // The lists themselves are what the parts below are made of.
    private static bool IsPart(FieldReport field) => field.Path is not ("containerDefinitions" or "volumes");

    private static string Line(string name, int width, ImmutableArray<string> columns, string arrival) =>
        $"{name.PadRight(width)}{string.Concat(columns)}{arrival}".TrimEnd();

    private static string Arrival(FieldReport field)
    {
        var text = field.Support.Text.Replace("`", "", StringComparison.Ordinal);
        return text.Length <= MostOfArrival ? text : $"{text[..(MostOfArrival - 1)].TrimEnd()}…";
    }

    private string Mark(FieldOutcome outcome) => outcome switch
    {
        FieldOutcome.NoEffect => "-".PadRight(ColumnWidth),
        FieldOutcome.Honoured => "ok".PadRight(ColumnWidth),
        FieldOutcome.Needs => palette.Attention("needs".PadRight(ColumnWidth)),
        FieldOutcome.Differs => palette.Attention("differs".PadRight(ColumnWidth)),
        FieldOutcome.Refused => palette.Bad("no".PadRight(ColumnWidth)),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "An outcome without a mark."),
    };

    /// <summary><c>containerDefinitions[1].portMappings[0].hostPort</c> belongs to container 1, in the line of its <c>portMappings</c>.</summary>
    private static (string Owner, string Name) Row(string path)
    {
        foreach (var list in new[] { "containerDefinitions[", "volumes[" })
        {
            if (path.StartsWith(list, StringComparison.Ordinal))
            {
                var end = path.IndexOf(']', StringComparison.Ordinal);
                return (path[..(end + 1)], First(path[(end + 2)..]));
            }
        }

        return ("", First(path));
    }

    private static string First(string path) => path.Split('.', '[')[0];

    private static string Title(string owner, DefinitionReport report) => owner switch
    {
        "" => "task",
        _ when owner.StartsWith("containerDefinitions", StringComparison.Ordinal) =>
            $"{owner} {report.Containers[Index(owner)]}",
        _ => owner,
    };

    private static int Index(string owner) =>
        int.Parse(owner[(owner.IndexOf('[', StringComparison.Ordinal) + 1)..^1], CultureInfo.InvariantCulture);
}
