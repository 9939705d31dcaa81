namespace Ecs.Agent.KillMatrix.Tests;

/// <summary>Which points are taken first: those of all kinds in turn, and of each kind from all over the story.</summary>
internal static class PointSelection
{
    /// <summary>What the points around a call of this kind are called: whatever the agent asks of the outside in the scenario.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
    [
        .. new[]
        {
            "load", "survey", "register", "report", "save pending-registration", "save identity", "save manifest", "save task", "forget",
            "find-image", "resolve-image", "pull-image", "volume-create", "volume-remove", "create", "start", "inspect", "stop", "remove",
        }.SelectMany(call => new[] { call + ".before", call + ".after" }),
    ];

    /// <summary>The kind of a point: <c>save task.after</c> of <c>save web#7.after</c>, <c>start.before</c> of <c>start app#2.before</c>.</summary>
    public static string KindOf(string point)
    {
        var side = point[point.LastIndexOf('.')..];
        var call = point[..^side.Length].Split('#')[0];
        return (call is "save web" or "save job" ? "save task" : call.StartsWith("save ", StringComparison.Ordinal) ? call : call.Split(' ')[0]) + side;
    }

    /// <summary>All of them, each once. The same points come in the same order.</summary>
    public static IReadOnlyList<string> Ordered(IEnumerable<string> points) =>
    [
        .. points.Distinct(StringComparer.Ordinal)
            .GroupBy(KindOf, StringComparer.Ordinal)
            .SelectMany(kind => Spread([.. kind]).Select((point, round) => (point, round)))
            .OrderBy(taken => taken.round)
            .Select(taken => taken.point),
    ];

    /// <summary>The first, the last, the middle, the middles of the halves, and so on.</summary>
    private static IEnumerable<T> Spread<T>(IReadOnlyList<T> all)
    {
        var taken = new HashSet<int>();
        for (var parts = 1; taken.Count < all.Count; parts *= 2)
        {
            for (var part = 0; part <= parts; part++)
            {
                var at = part * (all.Count - 1) / parts;
                if (taken.Add(at))
                {
                    yield return all[at];
                }
            }
        }
    }
}
