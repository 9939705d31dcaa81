namespace Ecs.Agent.LocalControlPlane.Tasks;

/// <summary>The stop code and text of a task that ended by itself, from what the agent said about it and its containers.</summary>
internal static class StopReasons
{
    public const string ByUser = "Task stopped by user";
    public const string EssentialContainerExited = "Essential container in task exited";
    public const string FailedToStart = "Task failed to start";

    /// <param name="task">The task, with its containers as reported.</param>
    /// <param name="agentReason">The task-level text of the agent, usually empty.</param>
    public static (string Code, string Reason) Derive(PlacedTask task, string? agentReason)
    {
        var neverRan = task.StartedAt is null;
        if (!string.IsNullOrEmpty(agentReason))
        {
            return (neverRan ? StopCode.TaskFailedToStart : StopCode.EssentialContainerExited, agentReason);
        }

        if (neverRan && CauseOfFailure(task) is { } failed)
        {
            return (StopCode.TaskFailedToStart, failed.Reason!);
        }

        var exited = task.Containers.Any(container => container.Essential && container.ExitCode is not null);
        return neverRan && !exited
            ? (StopCode.TaskFailedToStart, FailedToStart)
            : (StopCode.EssentialContainerExited, EssentialContainerExited);
    }

    // An essential container explains a failed start better than a side container does.
    private static PlacedContainer? CauseOfFailure(PlacedTask task) =>
        task.Containers.Where(container => container.FailedToStart).OrderByDescending(container => container.Essential).FirstOrDefault();
}
