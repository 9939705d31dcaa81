using System.Collections.Immutable;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Schema;

/// <summary>Finds the member somebody probably meant: the closest by edit distance, case aside, if it is close enough to be a
/// slip.</summary>
internal static class NearestName
{
    public static string? Of(string written, ImmutableArray<string> known)
    {
        var nearest = known.Select(name => (Name: name, Distance: EditDistance(written, name)))
            .OrderBy(candidate => candidate.Distance).FirstOrDefault();
        return nearest.Name is not null && nearest.Distance <= Math.Max(1, written.Length / 3) ? nearest.Name : null;
    }

    private static int EditDistance(string a, string b)
    {
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var current = new int[b.Length + 1];
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = previous[j - 1] + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                current[j] = Math.Min(substitution, Math.Min(previous[j], current[j - 1]) + 1);
            }

            previous = current;
        }

        return previous[b.Length];
    }
}
