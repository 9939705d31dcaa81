using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Ecs.Agent.EndToEnd.Tests.Stack;

namespace Ecs.Agent.KillMatrix.Tests;

/// <summary>What the submissions of a run say.</summary>
internal static class Changes
{
    /// <summary>
    /// Each subject's statuses in the order in which they were first told, those of containers with exit code and reason. Whether the exit
    /// code comes along with RUNNING already depends on whether the look that comes with a start finds an end, so it counts with STOPPED only;
    /// whether there is a PENDING in front depends on whether the machine is registered again before everything runs.
    /// </summary>
    public static ImmutableArray<string> Of(IEnumerable<Submission> submissions) =>
    [
        .. submissions.SelectMany(Entries)
            .GroupBy(entry => entry.Subject, StringComparer.Ordinal)
            .OrderBy(subject => subject.Key, StringComparer.Ordinal)
            .Select(subject => $"{subject.Key}: {string.Join(" > ", Told(subject))}"),
    ];

    /// <summary>
    /// What was told of containers more than once, although the control plane's answer to it was durable: twice in one life, or in a later life
    /// without having been in the last report before the agent's death.
    /// </summary>
    /// <param name="lives">The submissions about one task, life by life.</param>
    public static IEnumerable<string> Repeated(IReadOnlyList<IReadOnlyList<Submission>> lives)
    {
        var known = new HashSet<(string, string)>();
        foreach (var life in lives)
        {
            var acknowledgedMaybe = life.Count == 0 ? [] : Containers(life[^1]).ToHashSet();
            foreach (var entry in life.SelectMany(Containers))
            {
                if (!known.Add(entry))
                {
                    yield return $"{entry.Subject} {entry.Change}";
                }
            }

            known.ExceptWith(acknowledgedMaybe);
        }
    }

    private static IEnumerable<string> Told(IEnumerable<(string Subject, string Change)> entries) =>
        entries.Select(entry => entry.Change).Distinct(StringComparer.Ordinal).SkipWhile(change => change == "PENDING");

    private static IEnumerable<(string Subject, string Change)> Entries(Submission submission) =>
    [
        ("task " + submission.TaskArn, $"{(string?)submission.Body["status"]}{Reason(submission.Body)}"),
        .. Containers(submission),
    ];

    private static IEnumerable<(string Subject, string Change)> Containers(Submission submission) =>
        (submission.Body["containers"]?.AsArray() ?? []).OfType<JsonObject>().Select(Container);

    private static (string Subject, string Change) Container(JsonObject entry)
    {
        var status = (string)entry["status"]!;
        var exitCode = status == "STOPPED" && (int?)entry["exitCode"] is { } code ? FormattableString.Invariant($" {code}") : "";
        return ((string)entry["containerName"]!, status + exitCode + Reason(entry));
    }

    private static string Reason(JsonObject of) => (string?)of["reason"] is { Length: > 0 } reason ? $" \"{reason}\"" : "";
}
