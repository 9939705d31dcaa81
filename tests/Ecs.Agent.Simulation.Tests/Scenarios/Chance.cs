namespace Ecs.Agent.Simulation.Tests.Scenarios;

/// <summary>
/// Chance without a sequence: what falls depends only on what it is drawn for, so that a scenario from which something is taken away plays
/// the rest as before. That is what makes shrinking work.
/// </summary>
internal readonly record struct Chance(int Seed)
{
    /// <summary>Uniform in [0, 1) for the <paramref name="nth"/> occurrence of <paramref name="what"/>.</summary>
    public double Of(string what, long nth = 0)
    {
        var hash = 14695981039346656037UL ^ (uint)Seed;
        foreach (var ch in what)
        {
            hash = (hash ^ ch) * 1099511628211UL;
        }

        hash += (ulong)nth * 0x9E3779B97F4A7C15UL;
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9UL;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBUL;
        return ((hash ^ (hash >> 31)) >> 11) / (double)(1UL << 53);
    }

    /// <summary>Between the two, both in milliseconds.</summary>
    public TimeSpan Between(double least, double most, string what, long nth = 0) =>
        TimeSpan.FromMicroseconds(Math.Round((least + ((most - least) * Of(what, nth))) * 1000));
}
