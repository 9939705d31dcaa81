using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Explaining;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Host.Presentation;

/// <summary>What can happen while one task is being run for somebody who watches.</summary>
internal abstract record RunEvent
{
    private RunEvent()
    {
    }

    /// <summary>Something about the definition that is done differently here than on AWS, or was filled in.</summary>
    public sealed record Note(string Text) : RunEvent;

    /// <summary>The definition is registered as <paramref name="Revision"/> (<c>family:1</c>) and its task has been placed.</summary>
    public sealed record Placed(string Revision, string TaskArn) : RunEvent;

    /// <summary>The task has changed; <paramref name="Before"/> is null when it has just been admitted.</summary>
    public sealed record Changed(EcsTask? Before, EcsTask After) : RunEvent;

    /// <summary>An image is not here, so its registry is asked for it.</summary>
    public sealed record RegistryAsked(string Container, string Image) : RunEvent;

    /// <summary>An image is on its way.</summary>
    public sealed record Pulling(string Container, PullProgress Progress) : RunEvent;

    /// <summary>A container wrote a line.</summary>
    public sealed record Output(string Container, string Text) : RunEvent;

    /// <summary>The first Ctrl-C: the task is being stopped.</summary>
    public sealed record Stopping : RunEvent;

    /// <summary>The second Ctrl-C: whatever still runs is left as it is.</summary>
    public sealed record LeftRunning(EcsTask? Task) : RunEvent;

    /// <summary>The task has stopped and all output has been shown.</summary>
    /// <param name="Task">The task as it was then.</param>
    /// <param name="Reason">The control plane's <c>stoppedReason</c>; may be empty.</param>
    /// <param name="StopRequested">Whether somebody here asked for it.</param>
    /// <param name="Elapsed">From its placement to now.</param>
    public sealed record Ended(EcsTask Task, string Reason, bool StopRequested, TimeSpan Elapsed) : RunEvent;

    /// <summary>Why the task ended as badly as it did.</summary>
    public sealed record Explained(TaskExplanation Task) : RunEvent;

    /// <summary>The stopped containers stay, as was asked for.</summary>
    public sealed record Kept(EcsTask Task) : RunEvent;
}
