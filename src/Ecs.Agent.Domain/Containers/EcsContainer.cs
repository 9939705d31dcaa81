using System.Collections.Immutable;

namespace Ecs.Agent.Domain.Containers;

/// <summary>
/// A container of a task: what it should be (<see cref="Desired"/>), what it was last seen to be (<see cref="Known"/>) and what the
/// control plane has accepted (<see cref="Sent"/>). None of the three ever moves backward.
/// </summary>
public sealed partial record EcsContainer
{
    public required ContainerDefinition Definition { get; init; }

    /// <summary>Its name in Docker, chosen at admission so that a container whose creation was cut short can be found again.</summary>
    public required string DockerName { get; init; }

    public string Name => Definition.Name;

    public ContainerStatus Known { get; init; }

    /// <summary>When <see cref="Known"/> last changed.</summary>
    public DateTimeOffset KnownSince { get; init; }

    public ContainerStatus Desired { get; init; }

    public ContainerStatus Sent { get; init; }

    /// <summary>Docker's id, once created.</summary>
    public string? RuntimeId { get; init; }

    /// <summary><c>sha256:…</c> of the image's manifest, once known.</summary>
    public string? ImageDigest { get; init; }

    /// <summary>
    /// Whether <see cref="ImageDigest"/> was looked up before creation, which is worth a report of its own. A digest that only the created
    /// container told is reported along with what comes next.
    /// </summary>
    public bool DigestResolved { get; init; }

    /// <summary><c>sha256:…</c> of the configuration of the image that it was created from; null where that is not known.</summary>
    public string? ImageId { get; init; }

    /// <summary>Whether the image must be fetched before creation. False when the copy on this machine will do.</summary>
    public bool PullRequired { get; init; } = true;

    /// <summary>Whether the pull of its image has left the queue: from then on bytes move for it.</summary>
    public bool PullBegan { get; init; }

    public int? ExitCode { get; init; }

    /// <summary>The first thing that went wrong; later errors do not replace it.</summary>
    public ContainerError? Error { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When the agent first saw it up.</summary>
    public DateTimeOffset? UpSince { get; init; }

    /// <summary>When it first started, by Docker's clock; a restart does not change it.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public ImmutableArray<NetworkBinding> NetworkBindings { get; init; } = [];

    public HealthStatus Health { get; init; }

    public int RestartCount { get; init; }

    public DateTimeOffset? LastRestartAt { get; init; }

    /// <summary>The container has ended and its restart policy wants it started again.</summary>
    public bool RestartDue { get; init; }

    /// <summary>How many hints were heard that call for a look.</summary>
    public int HintsHeard { get; init; }

    /// <summary>How many of <see cref="HintsHeard"/> the last look took into account: those heard before it was asked for.</summary>
    public int HintsAnswered { get; init; }

    /// <summary>
    /// Something was heard that no look has answered yet. Counted, not timed: a clock may stand still or step back between a hint and a
    /// look.
    /// </summary>
    public bool LookDue => HintsHeard > HintsAnswered;

    /// <summary>
    /// The agent has come back and does not know what became of a step that was in flight: nothing is done with the container, and it is
    /// not called STOPPED, before it has been looked at.
    /// </summary>
    public bool Unconfirmed { get; init; }

    /// <summary>
    /// It is STOPPED, was reported so and has given back its share of the host, and somebody has started it again: it must be stopped.
    /// </summary>
    public bool StartedAgain { get; init; }

    /// <summary>The dependency that it was given up for, or null.</summary>
    public ContainerDependency? FailedDependency { get; init; }

    /// <summary>The first stop carried out for it; null while there was none, and after a restart of the agent during one.</summary>
    public StopAttempt? StopAttempt { get; init; }

    /// <summary>When an inspection last answered.</summary>
    public DateTimeOffset? LastLookAt { get; init; }

    /// <summary>Its Docker container has been removed by clean-up.</summary>
    public bool Removed { get; init; }

    public bool IsRunning => Known is ContainerStatus.Running or ContainerStatus.ResourcesProvisioned;
}
