using Ecs.Agent.Domain.Containers;

namespace Ecs.Agent.Domain.Explaining;

/// <summary>How a container ended.</summary>
/// <param name="At">When: by Docker's clock where it has run, else when the agent knew.</param>
public abstract record ContainerEnd(DateTimeOffset At)
{
    /// <summary>It ran, and its process ended.</summary>
    /// <param name="ExitCode">Docker's; null where Docker had none.</param>
    /// <param name="Response">What it had to do with a stop of ours.</param>
    /// <param name="Error">What else Docker said of it; null when nothing.</param>
    public sealed record Exited(DateTimeOffset At, int? ExitCode, StopResponse Response, ContainerError? Error) : ContainerEnd(At);

    /// <summary>Docker's out-of-memory flag was set when it ended.</summary>
    public sealed record OutOfMemory(DateTimeOffset At, int? ExitCode) : ContainerEnd(At);

    /// <summary>Docker knows it no more: somebody has removed it.</summary>
    public sealed record Vanished(DateTimeOffset At) : ContainerEnd(At);

    /// <summary>It was given up before it started, for a dependency that can never be met.</summary>
    /// <param name="Dependency">Which one; null where that was not recorded.</param>
    /// <param name="TimedOut">Whether that one might still have met it, but took longer than its start timeout.</param>
    /// <param name="Error">The text that the control plane got.</param>
    public sealed record GivenUp(
        DateTimeOffset At, ContainerDependency? Dependency, bool TimedOut, ContainerError Error) : ContainerEnd(At);

    /// <summary>Its image, its creation or its start failed.</summary>
    public sealed record NotStarted(DateTimeOffset At, LaunchStage Stage, ContainerError Error) : ContainerEnd(At);

    /// <summary>Its task was stopped before it was started; nothing is wrong with it.</summary>
    public sealed record NeverStarted(DateTimeOffset At) : ContainerEnd(At);
}
