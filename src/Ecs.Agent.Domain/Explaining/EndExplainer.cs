using System.Collections.Immutable;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Domain.Explaining;

/// <summary>How containers ended and what made their task stop.</summary>
internal static class EndExplainer
{
    /// <summary>Whether Docker ever ran it. One that was given up has an exit code all the same.</summary>
    public static bool HasRun(EcsContainer container) => container.UpSince is not null || container.StartedAt is not null;

    public static StopStory StoryOf(EcsTask task) => new(
        task.StopCause,
        task.TerminalReason,
        Culprits(task),
        [
            .. task.Containers
                .Where(c => c.Known == ContainerStatus.Stopped)
                .OrderBy(EndedAt)
                .ThenBy(c => c.KnownSince)
                .Select(c => c.Name),
        ]);

    public static ContainerEnd EndOf(EcsTask task, EcsContainer container)
    {
        var at = EndedAt(container);
        return container switch
        {
            { Error.Name: ContainerErrorNames.ContainerVanished } => new ContainerEnd.Vanished(at),
            _ when HasRun(container) => Ran(task, container, at),
            { Error: { } error, ExitCode: not null } =>
                new ContainerEnd.GivenUp(at, container.FailedDependency, TimedOut(task, container), error),
            { Error: { } error } => new ContainerEnd.NotStarted(at, StageOf(container, error), error),
            _ => new ContainerEnd.NeverStarted(at),
        };
    }

    private static DateTimeOffset EndedAt(EcsContainer container) =>
        HasRun(container) ? container.FinishedAt ?? container.KnownSince : container.KnownSince;

    private static ContainerEnd Ran(EcsTask task, EcsContainer container, DateTimeOffset at) =>
        container.Error is { Name: ContainerErrorNames.OutOfMemory }
            ? new ContainerEnd.OutOfMemory(at, container.ExitCode)
            : new ContainerEnd.Exited(at, container.ExitCode, ResponseOf(task, container, at), container.Error);

    private static StopResponse ResponseOf(EcsTask task, EcsContainer container, DateTimeOffset at)
    {
        const int killed = 137;
        if (container.StopAttempt is not { } attempt)
        {
            // The stop of a container is seen through by the agent that asked for it, or by none.
            return task.StopCause is { } cause && at > cause.At ? StopResponse.Unseen.Instance : StopResponse.None.Instance;
        }

        if (at < attempt.At)
        {
            return StopResponse.None.Instance;
        }

        return container.ExitCode == killed && at - attempt.At >= attempt.GracePeriod
            ? new StopResponse.Killed(attempt)
            : new StopResponse.Heeded(attempt, at - attempt.At);
    }

    private static LaunchStage StageOf(EcsContainer container, ContainerError error) => error.Name switch
    {
        ContainerErrorNames.CannotPullContainer or ContainerErrorNames.CannotPullContainerAuth or ContainerErrorNames.CannotPullEcrContainer
            or ContainerErrorNames.CannotPullImageManifest or ContainerErrorNames.TaskStoppedBeforePullBegin => LaunchStage.Image,
        _ => container.RuntimeId is null ? LaunchStage.Creation : LaunchStage.Start,
    };

    /// <summary>Follows failed dependencies from the container that the stop cause names; each is visited once.</summary>
    private static ImmutableArray<string> Culprits(EcsTask task)
    {
        var name = task.StopCause switch
        {
            StopCause.EssentialContainer cause => cause.Container,
            StopCause.Image cause => cause.Container,
            _ => null,
        };
        var culprits = ImmutableArray.CreateBuilder<string>();
        while (name is not null && !culprits.Contains(name))
        {
            culprits.Add(name);

            // A dependency that only took too long is not to blame for its own end, which came later.
            name = task.Find(name) is { } container && !TimedOut(task, container) ? container.FailedDependency?.ContainerName : null;
        }

        return culprits.ToImmutable();
    }

    /// <summary>Whether the dependency that the container was given up for was still there, its time over.</summary>
    private static bool TimedOut(EcsTask task, EcsContainer container) =>
        container.FailedDependency is { } edge
        && task.Find(edge.ContainerName) is { } dependency
        && DependencyRules.Deadline(dependency, edge) <= container.KnownSince
        && !(dependency.Known == ContainerStatus.Stopped && dependency.KnownSince <= container.KnownSince);
}
