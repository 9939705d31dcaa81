using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Host.CommandLine;

namespace Ecs.Agent.Host.Presentation;

/// <summary>What came of a task that has stopped.</summary>
internal static class RunOutcome
{
    /// <summary>The essential container that ended first; of those that ended together the first of the definition. Null when none is essential.</summary>
    public static EcsContainer? FirstToEnd(EcsTask task) =>
        task.Containers.Where(container => container.Definition.Essential && container.Known == ContainerStatus.Stopped)
            .OrderBy(container => container.FinishedAt ?? container.KnownSince)
            .FirstOrDefault();

    /// <summary>The exit code of <c>local run</c>.</summary>
    public static int ExitCode(EcsTask task, bool stopRequested)
    {
        if (FirstToEnd(task) is { } first && HasRun(first))
        {
            return first.ExitCode ?? ExitCodes.Failure;
        }

        // A stop leaves containers that never ran without any error; a container that failed to start has one.
        var failure = FirstToEnd(task)?.Error ?? task.Containers.Select(container => container.Error).FirstOrDefault(error => error is not null);
        return failure switch
        {
            { Name: var name } when IsPullFailure(name) => ExitCodes.ImageUnavailable,
            null when stopRequested && task.TerminalReason.Length == 0 => ExitCodes.Interrupted,
            _ => ExitCodes.TaskNotStarted,
        };
    }

    /// <summary>Whether Docker ever started the container. Dependency failures carry an exit code all the same.</summary>
    public static bool HasRun(EcsContainer container) => container.StartedAt is not null && container.ExitCode is not null;

    private static bool IsPullFailure(string errorName) => errorName
        is ContainerErrorNames.CannotPullContainer
        or ContainerErrorNames.CannotPullContainerAuth
        or ContainerErrorNames.CannotPullEcrContainer
        or ContainerErrorNames.CannotPullImageManifest;
}
