using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Reporting;
using Ecs.Agent.Domain.Resources;

namespace Ecs.Agent.Domain.Tasks;

/// <content>
/// The only way a task's state changes. Total: every event is meaningful in every state, if only by changing nothing. Monotonic: known,
/// desired and sent never go back.
/// </content>
public sealed partial record EcsTask
{
    /// <summary>The exit code of a container that was given up because a dependency failed.</summary>
    public const int DependencyFailureExitCode = 143;

    /// <summary>The task after the event.</summary>
    public EcsTask Apply(TaskEvent taskEvent)
    {
        ArgumentNullException.ThrowIfNull(taskEvent);
        var after = Digest(taskEvent).Derive(taskEvent.At);
        return taskEvent is TaskEvent.ContainerStarted e
            ? after.Apply(new TaskEvent.ContainerObserved(e.At, e.HintsHeard, e.Container, e.Observation))
            : after;
    }

    private EcsTask Digest(TaskEvent taskEvent) => taskEvent switch
    {
        TaskEvent.StopRequested e => Stop(new StopCause.Requested(e.At), e.Reason),
        TaskEvent.Recovered => this with
        {
            Containers = [.. Containers.Select(c => c.Recovered())],
            Resources = [.. Resources.Select(r => r.Recovered())],
        },
        TaskEvent.HostResourcesGranted when HostResources == HostResourceClaim.Waiting => this with { HostResources = HostResourceClaim.Held },
        TaskEvent.HostResourcesGranted => this,
        TaskEvent.HostResourcesRefused e => Stop(new StopCause.HostResources(e.At), e.Reason),
        TaskEvent.HostResourcesReleased => this with { HostResources = HostResourceClaim.Released },
        TaskEvent.ManifestResolved e => With(e.Container, c => c.Resolved(e)),
        TaskEvent.PullBegan e => (this with { PullStartedAt = PullStartedAt ?? e.At }).With(e.Container, c => c with { PullBegan = true }),
        TaskEvent.ImagePulled e => (this with { PullStoppedAt = e.At }).With(e.Container, c => c.Advance(ContainerStatus.Pulled, e.At)),
        TaskEvent.ContainerCreated e => With(e.Container, c => c.Created(e)),
        TaskEvent.ContainerStarted e => With(e.Container, c => c.Started(e)),
        TaskEvent.LookNeeded e => With(e.Container, c => c.Hinted()),
        TaskEvent.StartHeard e => With(e.Container, c => c.StartHeard(e.StartedAt)),
        TaskEvent.ContainerObserved e => With(e.Container, c => c.Observed(e)),
        TaskEvent.HealthChanged e => With(e.Container, c => c.HealthHeard(e.Health)),
        TaskEvent.StepFailed e => Failed(e),
        TaskEvent.DependencyFailed e => With(e.Container, c => c.GivenUp(e)),
        TaskEvent.NothingToStop e => With(
            e.Container, c => (c with { Error = c.Error ?? e.Error }).Advance(ContainerStatus.Stopped, e.At)),
        TaskEvent.ResourceReady e => WithResource(e.Key, ResourceStatus.Created),
        TaskEvent.ResourceFailed e => Stop(new StopCause.Resource(e.At, e.Key), e.Reason),
        TaskEvent.ContainerRemoved e => With(e.Container, c => c with { Removed = true }),
        TaskEvent.ResourceRemoved e => WithResource(e.Key, ResourceStatus.Removed),
        TaskEvent.CleanUpRequested => this with { CleanUpDue = true },
        TaskEvent.ReportSettled e => Settled(e.Report),
        TaskEvent.Woken => this,
        _ => throw new ArgumentOutOfRangeException(nameof(taskEvent), taskEvent.GetType().Name, "An event without a rule."),
    };

    /// <summary>Only what stopped the task first is its reason; what goes wrong while it stops is not.</summary>
    private EcsTask Stop(StopCause cause, string reason) => Desired == EcsTaskStatus.Stopped
        ? this
        : this with { Desired = EcsTaskStatus.Stopped, StopCause = cause, TerminalReason = reason };

    /// <summary>
    /// What a failed step means depends on how far the container had come: before it exists an image error may be survived through the
    /// copy on this machine; a failed create or start ends the container; a stop that finds nothing to stop does so too.
    /// </summary>
    private EcsTask Failed(TaskEvent.StepFailed e)
    {
        var failed = With(e.Container, c => c.Failed(e));
        var stamped = e.Step == TaskStepKind.PullImage ? failed with { PullStoppedAt = e.At } : failed;
        return e.Fatal ? stamped.Stop(new StopCause.Image(e.At, e.Container), e.TaskReason) : stamped;
    }

    private EcsTask Settled(TaskStateReport report)
    {
        var task = this with { Sent = Later(Sent, SentBy(report.Status)) };
        return report.Containers.Aggregate(task, (t, entry) => t.With(entry.ContainerName, c => c.Accepted(entry.Status)));
    }

    private EcsTask With(string container, Func<EcsContainer, EcsContainer> change)
    {
        for (var i = 0; i < Containers.Length; i++)
        {
            if (Containers[i].Name == container)
            {
                var changed = change(Containers[i]);
                return ReferenceEquals(changed, Containers[i]) ? this : this with { Containers = Containers.SetItem(i, changed) };
            }
        }

        return this;
    }

    private EcsTask WithResource(string key, ResourceStatus status)
    {
        for (var i = 0; i < Resources.Length; i++)
        {
            if (Resources[i].Key == key && Resources[i].Status < status)
            {
                return this with { Resources = Resources.SetItem(i, Resources[i] with { Status = status }) };
            }
        }

        return this;
    }

    private static EcsTaskStatus SentBy(ReportedStatus status) => status switch
    {
        ReportedStatus.Pending => EcsTaskStatus.ManifestPulled,
        ReportedStatus.Running => EcsTaskStatus.Running,
        _ => EcsTaskStatus.Stopped,
    };

    private static EcsTaskStatus Later(EcsTaskStatus a, EcsTaskStatus b) => a > b ? a : b;
}
