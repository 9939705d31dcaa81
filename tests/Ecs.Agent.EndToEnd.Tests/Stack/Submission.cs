using System.Text.Json.Nodes;

namespace Ecs.Agent.EndToEnd.Tests.Stack;

/// <summary>One SubmitTaskStateChange as the control plane got it.</summary>
/// <param name="At">When it arrived.</param>
/// <param name="Body">The request.</param>
internal sealed record Submission(DateTimeOffset At, JsonObject Body)
{
    public string TaskArn => (string)Body["task"]!;

    /// <summary>
    /// The task's status and what it says of containers, such as <c>RUNNING: app RUNNING, init STOPPED 0</c>. Ids, digests and times are
    /// left out. The containers are in the order of their names, since those that nothing connects come in any; what is said of one is in
    /// the order in which it is said.
    /// </summary>
    public string Line
    {
        get
        {
            var entries = Body["containers"]?.AsArray().OrderBy(entry => (string?)entry!["containerName"], StringComparer.Ordinal).Select(entry => Entry(entry!)) ?? [];
            var reason = (string?)Body["reason"] is { Length: > 0 } text ? $" \"{text}\"" : "";
            return $"{(string?)Body["status"]}{reason}: {string.Join(", ", entries)}";
        }
    }

    private static string Entry(JsonNode entry)
    {
        var exitCode = (int?)entry["exitCode"] is { } code ? FormattableString.Invariant($" {code}") : "";
        var reason = (string?)entry["reason"] is { } text ? $" \"{text}\"" : "";
        return $"{(string?)entry["containerName"]} {(string?)entry["status"]}{exitCode}{reason}";
    }
}
