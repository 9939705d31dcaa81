namespace Ecs.Agent.Domain.Tasks;

/// <summary>
/// What made a task stop, and when the agent knew: the first link of the chain that an operator asks for. Set once, with the first reason;
/// what goes wrong while the task stops does not replace it.
/// </summary>
/// <param name="At">When the task's desired status became STOPPED.</param>
public abstract record StopCause(DateTimeOffset At)
{
    /// <summary>The control plane or an operator asked for it.</summary>
    public sealed record Requested(DateTimeOffset At) : StopCause(At);

    /// <summary>An essential container ended, or could not be brought up.</summary>
    public sealed record EssentialContainer(DateTimeOffset At, string Container) : StopCause(At);

    /// <summary>The image of a container cannot be had, and the pull behaviour forbids to go on without.</summary>
    public sealed record Image(DateTimeOffset At, string Container) : StopCause(At);

    /// <summary>A resource of the task cannot be had.</summary>
    /// <param name="At">When the task's desired status became STOPPED.</param>
    /// <param name="Key">Which: its <see cref="Resources.TaskResource.Key"/>.</param>
    public sealed record Resource(DateTimeOffset At, string Key) : StopCause(At);

    /// <summary>The machine can never give what the task needs.</summary>
    public sealed record HostResources(DateTimeOffset At) : StopCause(At);

    /// <summary>The task could not be understood or prepared, so it was never begun.</summary>
    public sealed record Refused(DateTimeOffset At) : StopCause(At);
}
