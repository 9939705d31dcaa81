using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Reporting;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Simulation.Tests.Invariants;

/// <content>What may be told to the control plane, and when.</content>
internal sealed partial class Laws
{
    private readonly Dictionary<string, ReportedStatus> _submitted = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReportedStatus> _settled = new(StringComparer.Ordinal);
    private readonly Dictionary<(string TaskArn, string Container), ReportedStatus> _settledContainers = [];

    /// <summary>Whether the control plane has been told of the task's end.</summary>
    public bool HasEnded(string taskArn) => _settled.GetValueOrDefault(taskArn) == ReportedStatus.Stopped;

    public void OnSubmitted(TaskStateReport report)
    {
        var saved = world.Checkpoints.Find(report.TaskArn);
        var id = report.TaskArn[^4..];
        if (saved is null)
        {
            Break($"{id} is reported and not durable");
            return;
        }

        Require(report.Status >= _submitted.GetValueOrDefault(report.TaskArn), $"{id} goes back to {report.Status} in a report");
        _submitted[report.TaskArn] = report.Status;
        RequireDurable(report, saved, id);
        if (report.Status == ReportedStatus.Stopped)
        {
            Require(saved.Sent < EcsTaskStatus.Stopped, $"{id} is reported STOPPED again");
            Require(
                !world.Docker.Containers.Any(c => c is { Runs: true, StartedByOthers: false } && c.TaskArn == report.TaskArn),
                $"{id} is reported STOPPED while containers of it run");
        }

        Require(
            report.Containers.GroupBy(c => c.ContainerName).All(entries => entries.SequenceEqual(entries.OrderBy(e => e.Status))),
            $"{id}: a container goes back within a report");
        foreach (var entry in report.Containers)
        {
            RequireNews(entry, saved.Find(entry.ContainerName), id);
            RequireTrue(entry, saved, id);
        }
    }

    /// <summary>The control plane has taken the report or refused it for good; the agent may not hear of it.</summary>
    public void OnSettled(TaskStateReport report)
    {
        _settled[report.TaskArn] = Later(_settled.GetValueOrDefault(report.TaskArn), report.Status);
        foreach (var entry in report.Containers)
        {
            var key = (report.TaskArn, entry.ContainerName);
            _settledContainers[key] = Later(_settledContainers.GetValueOrDefault(key), entry.Status);
        }
    }

    private void RequireDurable(TaskStateReport report, EcsTask saved, string id) => Require(
        report.Status switch
        {
            ReportedStatus.Stopped => saved.Known == EcsTaskStatus.Stopped,
            ReportedStatus.Running => saved.RunningSince is not null,
            _ => true,
        },
        $"{id} is reported {report.Status} before that is durable");

    /// <summary>What the agent knows to have been taken it does not tell again.</summary>
    private void RequireNews(ContainerStateReport entry, EcsContainer? saved, string id) => Require(
        saved is not null && saved.Sent < StatusOf(entry.Status), $"{id}/{entry.ContainerName} is reported {entry.Status} again");

    private void RequireTrue(ContainerStateReport entry, EcsTask saved, string id)
    {
        var label = $"{id}/{entry.ContainerName}";
        var container = saved.Find(entry.ContainerName);
        var truth = world.Docker.Ever(saved.Arn, entry.ContainerName);
        switch (entry.Status)
        {
            case ReportedStatus.Running:
                Require(container?.UpSince is not null, $"{label} is reported RUNNING before that is durable");
                Require(truth is { Starts: > 0 }, $"{label} is reported RUNNING and never ran");
                break;
            case ReportedStatus.Stopped:
                Require(container is { Known: ContainerStatus.Stopped }, $"{label} is reported STOPPED before that is durable");
                Require(truth is not { Runs: true, StartedByOthers: false }, $"{label} is reported STOPPED and runs");

                // A restart that failed is reported with the exit code that called for it, however the run that came of it was ended.
                var restartFailed = container is { RestartCount: > 0, Error: not null };
                Require(
                    truth is null or { Starts: 0 } or { RemovedByForce: true } || entry.ExitCode is null || restartFailed || truth.StartedByOthers
                    || entry.ExitCode == truth.ExitCode,
                    $"{label} is reported with exit code {Text(entry.ExitCode)} and ended with {Text(truth?.ExitCode)}");
                Require(
                    truth is null or { Starts: 0 } or { RemovedByForce: true } || container?.Error is not null
                    || (truth.State == ObservedState.Missing && _lossy.Contains(saved.Arn))
                    || entry.ExitCode is not null,
                    $"{label} is reported without the exit code {Text(truth?.ExitCode)} that it ended with");
                break;
        }
    }

    private EcsTaskStatus SettledOf(string taskArn) => !_settled.TryGetValue(taskArn, out var settled)
        ? EcsTaskStatus.None
        : settled switch
        {
            ReportedStatus.Pending => EcsTaskStatus.ManifestPulled,
            ReportedStatus.Running => EcsTaskStatus.Running,
            _ => EcsTaskStatus.Stopped,
        };

    private ContainerStatus SettledOf(string taskArn, string container) =>
        !_settledContainers.TryGetValue((taskArn, container), out var settled)
            ? ContainerStatus.None
            : StatusOf(settled);

    private static ContainerStatus StatusOf(ReportedStatus status) => status switch
    {
        ReportedStatus.Pending => ContainerStatus.ManifestPulled,
        ReportedStatus.Running => ContainerStatus.Running,
        _ => ContainerStatus.Stopped,
    };

    private static ReportedStatus Later(ReportedStatus a, ReportedStatus b) => a > b ? a : b;
}
