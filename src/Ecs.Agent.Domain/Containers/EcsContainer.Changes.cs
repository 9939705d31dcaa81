using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Reporting;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Domain.Containers;

/// <content>How single events change a container. Called by its task only.</content>
public sealed partial record EcsContainer
{
    /// <summary>Moves the known status forward; backward moves change nothing.</summary>
    internal EcsContainer Advance(ContainerStatus status, DateTimeOffset at) =>
        status <= Known
            ? this
            : this with { Known = status, KnownSince = at, UpSince = status == ContainerStatus.Running ? at : UpSince };

    /// <summary>
    /// It exists. Which image it was made from is known for certain only now; a digest that was looked up before stays.
    /// </summary>
    internal EcsContainer Created(TaskEvent.ContainerCreated e) =>
        (this with
        {
            RuntimeId = RuntimeId ?? e.RuntimeId,
            ImageId = ImageId ?? e.ImageId,
            ImageDigest = ImageDigest ?? e.ImageDigest,
        }).Advance(ContainerStatus.Created, e.At);

    /// <summary>
    /// The digest is known; or, when that was so already or could not be had, it turned out that the copy here will do after all.
    /// </summary>
    internal EcsContainer Resolved(TaskEvent.ManifestResolved e) =>
        Known >= ContainerStatus.Pulled || (Known == ContainerStatus.ManifestPulled && e.PullRequired)
            ? this
            : (this with
            {
                ImageDigest = e.Digest ?? ImageDigest,
                DigestResolved = DigestResolved || e.Digest is not null,
                PullRequired = e.PullRequired,
            })
                .Advance(e.PullRequired ? ContainerStatus.ManifestPulled : ContainerStatus.Pulled, e.At);

    internal EcsContainer GivenUp(TaskEvent.DependencyFailed e) =>
        Known == ContainerStatus.Stopped
            ? this
            : (this with
            {
                Error = Error ?? e.Error,
                FailedDependency = e.Edge,
                Desired = ContainerStatus.Stopped,
                ExitCode = EcsTask.DependencyFailureExitCode,
            }).Advance(ContainerStatus.Stopped, e.At);

    internal EcsContainer Failed(TaskEvent.StepFailed e)
    {
        if (Known == ContainerStatus.Stopped)
        {
            return e.Step == TaskStepKind.StopContainer ? Quiet() : this;
        }

        var marked = this with { Error = Error ?? e.Error };
        return e.Step switch
        {
            TaskStepKind.ResolveManifest => marked.Advance(ContainerStatus.ManifestPulled, e.At),
            TaskStepKind.PullImage => marked.Advance(ContainerStatus.Pulled, e.At),
            TaskStepKind.CreateContainer or TaskStepKind.StartContainer =>
                (marked with { Desired = ContainerStatus.Stopped, RestartDue = false }).Advance(ContainerStatus.Stopped, e.At),

            // The runtime answered that there is nothing that could be stopped.
            TaskStepKind.StopContainer => marked.Advance(ContainerStatus.Stopped, e.At),
            _ => this,
        };
    }

    /// <summary>
    /// The start call succeeded, so it runs or has run; the observation that came with it may say that it is over already.
    /// </summary>
    internal EcsContainer Started(TaskEvent.ContainerStarted e) =>
        Known == ContainerStatus.Stopped
            ? this
            : (WithFacts(e.Observation) with { FinishedAt = FinishedAt }).Advance(ContainerStatus.Running, e.At);

    /// <summary>
    /// A create, start or stop may have happened whose end the agent did not live to hear. Nor is it believed that nothing of it exists yet: a
    /// saved state may be older than the truth (a write-ahead log that was dropped, a restored disk).
    /// </summary>
    internal EcsContainer Recovered() => Known == ContainerStatus.Stopped ? this : this with { Unconfirmed = true };

    /// <summary>It exists, which is all that is known of it.</summary>
    internal EcsContainer Found(FoundContainer found, DateTimeOffset at) => this with
    {
        RuntimeId = found.RuntimeId,
        DockerName = found.DockerName,
        ImageId = found.ImageId,
        Known = ContainerStatus.Created,
        KnownSince = at,
        Unconfirmed = true,
    };

    /// <summary>
    /// It is not there, and the state that would say why is lost: it was not created yet, and what it should have been given is gone; or clean-up
    /// has removed it.
    /// </summary>
    internal EcsContainer NotThere(DateTimeOffset at) => (this with
    {
        Desired = ContainerStatus.Stopped,
        Error = new ContainerError(
            ContainerErrorNames.ContainerVanished,
            "The agent's saved state is lost and this container is not there: it was never created, or has been removed"),
    }).Advance(ContainerStatus.Stopped, at);

    /// <summary>Something was heard of it: it must be looked at, now or as soon as nothing else is in flight for it.</summary>
    internal EcsContainer Hinted() => Known == ContainerStatus.Stopped ? this : this with { HintsHeard = HintsHeard + 1 };

    /// <summary>
    /// Docker's word on the health is taken at once, so that dependants start at once. It is looked at all the same: a look in flight may
    /// answer with the health of a moment ago, and a container whose start is in flight would forget what it heard.
    /// </summary>
    internal EcsContainer HealthHeard(HealthStatus health) =>
        !Definition.HasHealthCheck || Known == ContainerStatus.Stopped ? this : (IsRunning ? this with { Health = health } : this).Hinted();

    /// <summary>
    /// The start of one that is not STOPPED is the agent's own, and so is one that came before its end. (Where Docker names no end, because
    /// the start was not answered and undone at once, the agent's clock serves: both are of this machine.)
    /// </summary>
    internal EcsContainer StartHeard(DateTimeOffset? startedAt) =>
        Known == ContainerStatus.Stopped && !Removed && !(startedAt <= (FinishedAt ?? KnownSince)) ? this with { StartedAgain = true } : this;

    /// <summary>
    /// Takes over what an inspection found. A container that was seen STOPPED stays so. Looks at one container are made one after the
    /// other, so the one that comes later is the newer one.
    /// </summary>
    internal EcsContainer Observed(TaskEvent.ContainerObserved e)
    {
        if (Known == ContainerStatus.Stopped)
        {
            return e.Observation.State == ObservedState.Running ? this : Quiet();
        }

        var looked = this with
        {
            Unconfirmed = false,
            LastLookAt = e.At,
            HintsAnswered = Math.Max(HintsAnswered, e.HintsHeard),
            StopAttempt = StopAttempt ?? e.Stop,
        };
        return e.Observation.State switch
        {
            ObservedState.Missing => looked.Vanished(e.At),
            ObservedState.Created => looked.WithFacts(e.Observation).Advance(ContainerStatus.Created, e.At),
            ObservedState.Running => (looked.WithFacts(e.Observation) with { RestartDue = false }).Advance(ContainerStatus.Running, e.At),
            _ => looked.Ended(e),
        };
    }

    internal EcsContainer Accepted(ReportedStatus status)
    {
        var accepted = status switch
        {
            ReportedStatus.Pending => ContainerStatus.ManifestPulled,
            ReportedStatus.Running => ContainerStatus.Running,
            _ => ContainerStatus.Stopped,
        };
        return accepted <= Sent ? this : this with { Sent = accepted };
    }

    private EcsContainer Quiet() => StartedAgain ? this with { StartedAgain = false } : this;

    private EcsContainer Vanished(DateTimeOffset at) =>
        Known < ContainerStatus.Created
            ? this
            : (this with
            {
                Error = Error ?? new ContainerError(ContainerErrorNames.ContainerVanished, "No container matching saved ID found"),
            }).Advance(ContainerStatus.Stopped, at);

    private EcsContainer Ended(TaskEvent.ContainerObserved e)
    {
        if (RestartDue && e.Observation.FinishedAt == FinishedAt)
        {
            // The end that the coming restart answers, seen once more.
            return this;
        }

        // What Docker says was started did run, even where the agent never saw it up.
        var ended = WithFacts(e.Observation) with { UpSince = UpSince ?? (e.Observation.StartedAt is null ? null : e.At) };
        return WantsRestart(e.Observation, e.At)
            ? (ended with
            {
                RestartDue = true,
                RestartCount = RestartCount + 1,
                LastRestartAt = e.At,
            }).Advance(ContainerStatus.Running, e.At)
            : (ended with { Error = ended.Error ?? e.Observation.Error, RestartDue = false }).Advance(ContainerStatus.Stopped, e.At);
    }

    /// <summary>
    /// Restarts only a container that should run, whose exit code counts, and that ran for the attempt period since it was last started.
    /// </summary>
    private bool WantsRestart(ContainerObservation observation, DateTimeOffset at) =>
        Definition.RestartPolicy is { Enabled: true } policy
        && Desired != ContainerStatus.Stopped
        && observation.ExitCode is { } exitCode
        && !policy.IgnoredExitCodes.Contains(exitCode)
        && (LastRestartAt ?? StartedAt ?? observation.StartedAt) is { } since
        && at - since >= policy.AttemptPeriod;

    private EcsContainer WithFacts(ContainerObservation observation) => this with
    {
        RuntimeId = RuntimeId ?? observation.RuntimeId,
        CreatedAt = CreatedAt ?? observation.CreatedAt,
        StartedAt = StartedAt ?? observation.StartedAt,
        FinishedAt = observation.FinishedAt ?? FinishedAt,
        ExitCode = observation.ExitCode,
        NetworkBindings = NetworkBindings.IsEmpty ? observation.NetworkBindings : NetworkBindings,
        Health = Definition.HasHealthCheck ? observation.Health : HealthStatus.Unknown,
    };
}
