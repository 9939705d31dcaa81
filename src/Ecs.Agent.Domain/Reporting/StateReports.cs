using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Domain.Reporting;

/// <summary>
/// Decides what the control plane must hear of a task next, from nothing but what it has accepted (sent) and what is true (known). Hence
/// nothing is lost, nothing goes back, and a report may be repeated: whoever computes it again gets the same.
/// </summary>
/// <remarks>
/// Containers do not get calls of their own. Their news waits for the task's next step for up to
/// <see cref="PlanningPolicy.ReportHoldBack"/>; only the end of a container that leaves its task running is told at once.
/// </remarks>
public static class StateReports
{
    /// <summary>The next report, or when to ask again; both null when the control plane knows all there is.</summary>
    public static (TaskStateReport? Report, DateTimeOffset? DueAt) Next(EcsTask task, PlanningPolicy policy, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(policy);
        if (task.RunningSince is not null && task.Sent < EcsTaskStatus.Running)
        {
            var upTo = task.Known == EcsTaskStatus.Stopped ? ReportedStatus.Running : ReportedStatus.Stopped;
            return (Report(task, ReportedStatus.Running, upTo), null);
        }

        if (task.Known == EcsTaskStatus.Stopped)
        {
            return task.Sent < EcsTaskStatus.Stopped ? (Report(task, ReportedStatus.Stopped, ReportedStatus.Stopped), null) : (null, null);
        }

        if (CarriesNewDigest(task))
        {
            return (Report(task, ReportedStatus.Pending, ReportedStatus.Stopped), null);
        }

        return Flush(task, policy, now);
    }

    private static (TaskStateReport? Report, DateTimeOffset? DueAt) Flush(EcsTask task, PlanningPolicy policy, DateTimeOffset now)
    {
        var unsent = task.Containers.Where(HasNews).ToList();
        if (unsent.Count == 0)
        {
            return (null, null);
        }

        var running = task.Known == EcsTaskStatus.Running;
        var urgent = running && task.Desired != EcsTaskStatus.Stopped && unsent.Exists(c => c.Known == ContainerStatus.Stopped);
        var dueAt = unsent.Min(c => c.KnownSince) + policy.ReportHoldBack;
        return urgent || dueAt <= now
            ? (Report(task, running ? ReportedStatus.Running : ReportedStatus.Pending, ReportedStatus.Stopped), null)
            : (null, dueAt);
    }

    /// <summary>PENDING is worth a call of its own only once, to tell digests early.</summary>
    private static bool CarriesNewDigest(EcsTask task) =>
        task.Sent < EcsTaskStatus.ManifestPulled && task.Known >= EcsTaskStatus.ManifestPulled && task.Containers.Any(HasResolvedDigest);

    /// <summary>The digest was looked up; one that stands in the image reference is no news.</summary>
    private static bool HasResolvedDigest(EcsContainer container) =>
        container.DigestResolved && !container.Definition.Image.Contains('@', StringComparison.Ordinal);

    private static bool HasNews(EcsContainer container) => !container.Definition.IsInternal && container.Known switch
    {
        ContainerStatus.Stopped => container.Sent < ContainerStatus.Stopped,
        ContainerStatus.Running or ContainerStatus.ResourcesProvisioned => container.Sent < ContainerStatus.Running,
        _ => false,
    };

    private static TaskStateReport Report(EcsTask task, ReportedStatus status, ReportedStatus upTo) => new()
    {
        TaskArn = task.Arn,
        Status = status,
        Reason = task.Known == EcsTaskStatus.Stopped && status == ReportedStatus.Stopped ? task.TerminalReason : "",
        Containers = [.. task.Containers.Where(c => !c.Definition.IsInternal).SelectMany(c => Entries(c, upTo)).OrderBy(e => e.At).Select(e => e.Entry)],
        PullStartedAt = task.PullStartedAt,
        PullStoppedAt = task.PullStoppedAt,
        ExecutionStoppedAt = status == ReportedStatus.Stopped ? task.ExecutionStoppedAt : null,
    };

    /// <summary>What of one container is news, oldest first: that its digest is known, that it is or was up, that it has ended.</summary>
    private static IEnumerable<(DateTimeOffset At, ContainerStateReport Entry)> Entries(EcsContainer container, ReportedStatus upTo)
    {
        if (container.UpSince is null && container.Sent < ContainerStatus.ManifestPulled && container.Known != ContainerStatus.Stopped
            && HasResolvedDigest(container))
        {
            yield return (container.KnownSince, Entry(container, ReportedStatus.Pending));
        }

        if (container.UpSince is { } upSince && container.Sent < ContainerStatus.Running)
        {
            yield return (upSince, Entry(container, ReportedStatus.Running));
        }

        if (upTo == ReportedStatus.Stopped && container.Known == ContainerStatus.Stopped && container.Sent < ContainerStatus.Stopped)
        {
            // Never before its own start, whatever a clock did that stepped back in between: the last entry counts.
            yield return (
                container.UpSince > container.KnownSince ? container.UpSince.Value : container.KnownSince,
                Entry(container, ReportedStatus.Stopped));
        }
    }

    /// <summary>An entry tells what was so when its change happened, however late it is sent.</summary>
    private static ContainerStateReport Entry(EcsContainer container, ReportedStatus status)
    {
        var endIsKnown = status == ReportedStatus.Stopped || (status == ReportedStatus.Running && EndedAtOnce(container));
        return new()
        {
            ContainerName = container.Name,
            Status = status,
            RuntimeId = status == ReportedStatus.Pending ? null : container.RuntimeId,
            ImageDigest = container.ImageDigest,
            ExitCode = endIsKnown ? container.ExitCode : null,
            Reason = endIsKnown || !CameWithTheEnd(container.Error) ? container.Error?.Reason : null,
            NetworkBindings = status == ReportedStatus.Pending ? [] : container.NetworkBindings,
        };
    }

    /// <summary>The look that came with its start found it ended: only then does RUNNING come with how that went.</summary>
    private static bool EndedAtOnce(EcsContainer container) =>
        container.Known == ContainerStatus.Stopped && container.UpSince == container.KnownSince;

    /// <summary>Everything else went wrong on the way up, and was survived.</summary>
    private static bool CameWithTheEnd(ContainerError? error) => error?.Name
        is ContainerErrorNames.OutOfMemory
        or ContainerErrorNames.DockerState
        or ContainerErrorNames.ContainerVanished
        or ContainerErrorNames.CannotStopContainer;
}
