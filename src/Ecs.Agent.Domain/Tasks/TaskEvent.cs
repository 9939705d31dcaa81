using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Reporting;

namespace Ecs.Agent.Domain.Tasks;

/// <summary>
/// Something that happened to a task. <see cref="EcsTask.Apply(TaskEvent)"/> is total over these: an event that comes late, twice or
/// out of order changes nothing.
/// </summary>
/// <param name="At">When the agent learned of it.</param>
public abstract record TaskEvent(DateTimeOffset At)
{
    /// <summary>The control plane, the operator or the agent itself wants the task stopped. Sticky.</summary>
    /// <param name="Reason">The task's own reason; empty for ordinary stops.</param>
    public sealed record StopRequested(DateTimeOffset At, string Reason = "") : TaskEvent(At);

    /// <summary>The agent was restarted and has this task from its checkpoint: what was in flight then must be found out.</summary>
    public sealed record Recovered(DateTimeOffset At) : TaskEvent(At);

    /// <summary>The task holds the CPU, memory and ports that it needs.</summary>
    public sealed record HostResourcesGranted(DateTimeOffset At) : TaskEvent(At);

    /// <summary>The task needs more than the machine has at all: it can never run here, so it stops.</summary>
    /// <param name="Reason">What it needs and what there is.</param>
    public sealed record HostResourcesRefused(DateTimeOffset At, string Reason) : TaskEvent(At);

    /// <summary>The task holds nothing of the host any more.</summary>
    public sealed record HostResourcesReleased(DateTimeOffset At) : TaskEvent(At);

    /// <summary>The image's digest was looked up, or turned out not to be needed.</summary>
    /// <param name="Digest"><c>sha256:…</c>, or null when there is none to report.</param>
    /// <param name="PullRequired">False when the copy on this machine will do.</param>
    public sealed record ManifestResolved(DateTimeOffset At, string Container, string? Digest, bool PullRequired) : TaskEvent(At);

    /// <summary>The image pull has begun, or one that was under way was joined. Waiting for a place in the queue comes before.</summary>
    public sealed record PullBegan(DateTimeOffset At, string Container) : TaskEvent(At);

    /// <summary>The image is here.</summary>
    public sealed record ImagePulled(DateTimeOffset At, string Container) : TaskEvent(At);

    /// <summary>The Docker container exists.</summary>
    /// <param name="ImageId"><c>sha256:…</c> of the image it was created from, where that is known.</param>
    /// <param name="ImageDigest">The digest under which that image is known in its repository, where it has one.</param>
    public sealed record ContainerCreated(
        DateTimeOffset At, string Container, string RuntimeId, string? ImageId = null, string? ImageDigest = null) : TaskEvent(At);

    /// <summary>
    /// The start call succeeded. The container counts as up, even where the look that came with it found it ended already: what ran is
    /// reported as having run.
    /// </summary>
    /// <param name="HintsHeard">As in <see cref="ContainerObserved"/>.</param>
    public sealed record ContainerStarted(
        DateTimeOffset At, int HintsHeard, string Container, ContainerObservation Observation) : TaskEvent(At);

    /// <summary>Something was heard that calls for a look at the container.</summary>
    public sealed record LookNeeded(DateTimeOffset At, string Container) : TaskEvent(At);

    /// <summary>Somebody started the container. Matters only when it was STOPPED: then it must not run.</summary>
    /// <param name="StartedAt">By Docker's clock; null when that is not known.</param>
    public sealed record StartHeard(DateTimeOffset At, string Container, DateTimeOffset? StartedAt) : TaskEvent(At);

    /// <summary>An inspection answered.</summary>
    /// <param name="HintsHeard">How many hints the container had heard when it was asked for: so many it answers.</param>
    /// <param name="Stop">The stop that this look ended, or null.</param>
    public sealed record ContainerObserved(
        DateTimeOffset At, int HintsHeard, string Container, ContainerObservation Observation, StopAttempt? Stop = null) : TaskEvent(At);

    /// <summary>The container's health check changed its mind. Calls for a look, too.</summary>
    public sealed record HealthChanged(DateTimeOffset At, string Container, HealthStatus Health) : TaskEvent(At);

    /// <summary>A step of the container failed for good.</summary>
    /// <param name="Fatal">For image steps: the task cannot or must not go on with what is here, so it stops.</param>
    /// <param name="TaskReason">With <paramref name="Fatal"/>: the task's own reason; empty where the container's says it all.</param>
    public sealed record StepFailed(
        DateTimeOffset At, string Container, TaskStepKind Step, ContainerError Error, bool Fatal = false, string TaskReason = "")
        : TaskEvent(At);

    /// <summary>A dependency can never be met any more: the container is given up before it starts.</summary>
    /// <param name="Edge">Which dependency.</param>
    public sealed record DependencyFailed(
        DateTimeOffset At, string Container, ContainerError Error, ContainerDependency? Edge = null) : TaskEvent(At);

    /// <summary>The container is to stop and nothing of it runs: it is stopped, without a word to Docker.</summary>
    /// <param name="Error">What the stop has kept from being done, where that is worth telling.</param>
    public sealed record NothingToStop(DateTimeOffset At, string Container, ContainerError? Error = null) : TaskEvent(At);

    /// <summary>The resource is there.</summary>
    /// <param name="Key">Which: its <see cref="Resources.TaskResource.Key"/>.</param>
    public sealed record ResourceReady(DateTimeOffset At, string Key) : TaskEvent(At);

    /// <summary>The resource cannot be had: the task stops.</summary>
    /// <param name="Reason">What the control plane gets to hear.</param>
    public sealed record ResourceFailed(DateTimeOffset At, string Key, string Reason) : TaskEvent(At);

    /// <summary>Clean-up has removed the Docker container, or has given up on it.</summary>
    public sealed record ContainerRemoved(DateTimeOffset At, string Container) : TaskEvent(At);

    /// <summary>Clean-up has removed the resource, or has given up on it.</summary>
    public sealed record ResourceRemoved(DateTimeOffset At, string Key) : TaskEvent(At);

    /// <summary>An operator wants the task's containers removed now instead of after the configured wait.</summary>
    public sealed record CleanUpRequested(DateTimeOffset At) : TaskEvent(At);

    /// <summary>The control plane took the report, or will never take it; either way it is done with.</summary>
    public sealed record ReportSettled(DateTimeOffset At, TaskStateReport Report) : TaskEvent(At);

    /// <summary>Nothing happened but time: plan again.</summary>
    public sealed record Woken(DateTimeOffset At) : TaskEvent(At);
}
