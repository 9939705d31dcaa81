using Ecs.Agent.Domain.Reporting;
using Ecs.Agent.Domain.Resources;

namespace Ecs.Agent.Domain.Planning;

/// <summary>
/// One thing to do for a task. A closed hierarchy: the executor switches over it exhaustively. Each step is idempotent, so that a step
/// whose end was never heard of may simply be done again.
/// </summary>
public abstract record TaskStep
{
    private TaskStep(TaskStepKind kind, string subject)
    {
        Kind = kind;
        Subject = subject;
    }

    public TaskStepKind Kind { get; }

    /// <summary>
    /// What the step works on: a container's name, a resource's key, or the task itself (empty). One step at a time is in flight per subject
    /// and <see cref="Lane"/>.
    /// </summary>
    public string Subject { get; }

    /// <summary>Keeps what may run side by side apart: containers, resources, the host's share, reports.</summary>
    public StepLane Lane => Kind switch
    {
        TaskStepKind.ClaimHostResources or TaskStepKind.ReleaseHostResources or TaskStepKind.ForgetTask => StepLane.Task,
        TaskStepKind.ProvisionResource or TaskStepKind.RemoveResource => StepLane.Resource,
        TaskStepKind.SubmitReport => StepLane.Report,
        _ => StepLane.Container,
    };

    /// <summary>
    /// Whether the step may be begun from a state that is not durable: looking changes nothing, and a stop that a restarted agent does not
    /// remember leaves a container that has ended, which it sees.
    /// </summary>
    public bool IsSafeUnsaved => Kind is TaskStepKind.InspectContainer or TaskStepKind.StopContainer;

    /// <summary>What identifies the place in flight that this step takes.</summary>
    public StepSlot Slot => new(Lane, Subject);

    /// <summary>Get in the queue for the host's CPU, memory and ports.</summary>
    public sealed record ClaimHostResources(HostResources.HostResourceNeed Need) : TaskStep(TaskStepKind.ClaimHostResources, "");

    /// <summary>Give back what the task holds of the host, or leave the queue.</summary>
    public sealed record ReleaseHostResources() : TaskStep(TaskStepKind.ReleaseHostResources, "");

    /// <summary>Make what the task needs besides its containers.</summary>
    public sealed record ProvisionResource(TaskResource Resource) : TaskStep(TaskStepKind.ProvisionResource, Resource.Key);

    /// <summary>Find the image's digest.</summary>
    public sealed record ResolveManifest(string Container) : TaskStep(TaskStepKind.ResolveManifest, Container);

    /// <summary>Fetch the image.</summary>
    public sealed record PullImage(string Container, string? Digest) : TaskStep(TaskStepKind.PullImage, Container);

    /// <summary>Create the Docker container.</summary>
    public sealed record CreateContainer(string Container) : TaskStep(TaskStepKind.CreateContainer, Container);

    /// <summary>Start the Docker container, for the first time or again.</summary>
    public sealed record StartContainer(string Container) : TaskStep(TaskStepKind.StartContainer, Container);

    /// <summary>Stop the Docker container.</summary>
    /// <param name="GracePeriod">Between the stop signal and KILL.</param>
    public sealed record StopContainer(string Container, TimeSpan GracePeriod) : TaskStep(TaskStepKind.StopContainer, Container);

    /// <summary>Look at the Docker container.</summary>
    public sealed record InspectContainer(string Container) : TaskStep(TaskStepKind.InspectContainer, Container);

    /// <summary>Tell the control plane.</summary>
    public sealed record SubmitReport(TaskStateReport Report) : TaskStep(TaskStepKind.SubmitReport, "");

    /// <summary>Remove the stopped Docker container.</summary>
    public sealed record RemoveContainer(string Container) : TaskStep(TaskStepKind.RemoveContainer, Container);

    /// <summary>Remove what was made for the task.</summary>
    public sealed record RemoveResource(TaskResource Resource) : TaskStep(TaskStepKind.RemoveResource, Resource.Key);

    /// <summary>Everything is cleaned up and reported: drop the task.</summary>
    public sealed record ForgetTask() : TaskStep(TaskStepKind.ForgetTask, "");
}
