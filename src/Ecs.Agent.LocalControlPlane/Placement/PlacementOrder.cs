using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.Placement;

/// <summary>Which of the instances that fit is the best one, by the strategies in their order. Lower ranks win.</summary>
internal static class PlacementOrder
{
    private const string AttributePrefix = "attribute:";

    /// <param name="request">What is placed, with its strategy; without one, tasks are spread over instances.</param>
    /// <param name="fitting">The instances that can take the task.</param>
    /// <param name="all">All instances: spreading over an attribute counts the tasks of everybody who shares its value.</param>
    public static Candidate? Best(PlacementRequest request, IEnumerable<Candidate> fitting, IReadOnlyList<Candidate> all)
    {
        var ordered = request.Strategy.Aggregate(
            fitting.OrderBy(_ => 0),
            (order, strategy) => order.ThenBy(candidate => Rank(request, strategy, candidate, all)));
        return ordered
            .ThenBy(candidate => candidate.TaskCount)
            .ThenByDescending(candidate => candidate.Instance.Remaining.Memory)
            .ThenBy(candidate => candidate.Instance.Ordinal)
            .FirstOrDefault();
    }

    private static long Rank(PlacementRequest request, PlacementStrategy strategy, Candidate candidate, IReadOnlyList<Candidate> all) =>
        (strategy.Type, strategy.Field) switch
        {
            ("random", _) => Drawn(request.Seed, candidate),
            ("binpack", "cpu" or "CPU") => candidate.Instance.Remaining.Cpu,
            ("binpack", _) => candidate.Instance.Remaining.Memory,
            (_, { } field) when field.StartsWith(AttributePrefix, StringComparison.Ordinal) =>
                TasksSharing(field[AttributePrefix.Length..], candidate, all),
            _ => candidate.TaskCount,
        };

    private static long TasksSharing(string attribute, Candidate candidate, IReadOnlyList<Candidate> all)
    {
        var value = candidate.Instance.Attribute(attribute)?.Value;
        return all.Where(other => other.Instance.Attribute(attribute)?.Value == value).Sum(other => (long)other.TaskCount);
    }

    // Spreads seed, instance and its load over all numbers (multiplicative hashing); equal inputs draw equal numbers.
    private static long Drawn(int seed, Candidate candidate) =>
        unchecked((uint)(((seed * 397) ^ (int)candidate.Instance.Ordinal ^ (candidate.TaskCount << 16)) * (int)2654435769));
}
