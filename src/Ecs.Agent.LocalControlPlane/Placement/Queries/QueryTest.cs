using System.Globalization;
using System.Text.RegularExpressions;

namespace Ecs.Agent.LocalControlPlane.Placement.Queries;

/// <summary>The comparisons of the query language. A negative one holds for an instance that has no value at all.</summary>
internal static class QueryTest
{
    // Patterns come from the caller; one that runs away is ended instead of holding the scheduler.
    private static readonly TimeSpan PatternTime = TimeSpan.FromMilliseconds(100);

    public static Func<IEnumerable<string>, bool>? Of(string test, string value) => test switch
    {
        "==" or "equals" => values => values.Contains(value),
        "!=" or "not_equals" => values => !values.Contains(value),
        ">" or "greater_than" => Any(value, order => order > 0),
        ">=" or "greater_than_equal" => Any(value, order => order >= 0),
        "<" or "less_than" => Any(value, order => order < 0),
        "<=" or "less_than_equal" => Any(value, order => order <= 0),
        "=~" or "matches" => Matching(Pattern(value), wanted: true),
        "!~" or "not_matches" => Matching(Pattern(value), wanted: false),
        _ => null,
    };

    private static Func<IEnumerable<string>, bool> Any(string value, Func<int, bool> holds) =>
        values => values.Any(one => holds(Compare(one, value)));

    private static Func<IEnumerable<string>, bool> Matching(Regex pattern, bool wanted) => values => values.Any(pattern.IsMatch) == wanted;

    private static Regex Pattern(string value)
    {
        try
        {
            return new Regex($"^(?:{value})$", RegexOptions.CultureInvariant, PatternTime);
        }
        catch (ArgumentException)
        {
            throw new FormatException($"'{value}' is not a regular expression.");
        }
    }

    private static int Compare(string left, string right) =>
        decimal.TryParse(left, NumberStyles.Number, CultureInfo.InvariantCulture, out var one)
        && decimal.TryParse(right, NumberStyles.Number, CultureInfo.InvariantCulture, out var other)
            ? one.CompareTo(other)
            : string.CompareOrdinal(left, right);
}
