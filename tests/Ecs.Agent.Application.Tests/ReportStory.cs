using System.Collections.Immutable;
using Ecs.Agent.Domain.Reporting;

namespace Ecs.Agent.Application.Tests;

/// <summary>Reports as lines that a test can compare whole.</summary>
internal static class ReportStory
{
    public static ImmutableArray<string> Of(IEnumerable<TaskStateReport> reports) => [.. reports.Select(Line)];

    private static string Line(TaskStateReport report)
    {
        var reason = report.Reason.Length == 0 ? "" : $" \"{report.Reason}\"";

        // Whether a pull has begun by the time of a PENDING is chance, and so for the official agent.
        var pull = report.Status == ReportedStatus.Pending ? "" : (report.PullStartedAt, report.PullStoppedAt) switch
        {
            (null, _) => "",
            (_, null) => " pulling",
            _ => " pulled",
        };
        var ended = report.ExecutionStoppedAt is null ? "" : " ended";
        return $"{Upper(report.Status)}{reason}{pull}{ended}: {string.Join(", ", report.Containers.Select(Entry))}";
    }

    private static string Entry(ContainerStateReport entry)
    {
        var id = entry.RuntimeId is null ? "" : " id";
        var digest = entry.ImageDigest is null ? "" : " digest";
        var exit = entry.ExitCode is { } code ? $" exit {code}" : "";
        var reason = entry.Reason is null ? "" : $" \"{entry.Reason}\"";
        var bindings = string.Concat(entry.NetworkBindings.Select(b => $" {b.BindIp}:{b.HostPort}->{b.ContainerPort}"));
        return $"{entry.ContainerName} {Upper(entry.Status)}{id}{digest}{exit}{bindings}{reason}";
    }

    private static string Upper(ReportedStatus status) => status.ToString().ToUpperInvariant();
}
