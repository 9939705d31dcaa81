using System.Globalization;

namespace Ecs.Agent.Bench;

/// <summary>What the benchmarks print.</summary>
internal static class Output
{
    public static void Line(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
