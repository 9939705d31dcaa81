using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.Tasks;

/// <summary>
/// How a task moves on: by what the agent submits and by what the caller asks. Pure and total: repeated, late and skipped submissions
/// are normal, nothing ever moves back, and a submission that says nothing new returns the very same task.
/// </summary>
internal static class TaskProgress
{
    public static PlacedTask Apply(PlacedTask task, SubmitTaskStateChangeRequest change, DateTimeOffset now)
    {
        if (task.IsStopped)
        {
            return task;
        }

        var reported = task with
        {
            Containers = ContainerProgress.Apply(task.Containers, change.Containers ?? [], change.ManagedAgents ?? [], now),
            PullStartedAt = change.PullStartedAt ?? task.PullStartedAt,
            PullStoppedAt = change.PullStoppedAt ?? task.PullStoppedAt,
            ExecutionStoppedAt = change.ExecutionStoppedAt ?? task.ExecutionStoppedAt,
        };
        return Counted(task, WithStatus(reported, change, now));
    }

    /// <summary>A caller wants it stopped. The first reason stands; a STOPPED task stays as it is.</summary>
    public static PlacedTask RequestStop(PlacedTask task, string? reason, DateTimeOffset now) =>
        task.IsStopped
            ? task
            : Counted(task, BeginStopping(task, (StopCode.UserInitiated, string.IsNullOrEmpty(reason) ? StopReasons.ByUser : reason), now));

    /// <summary>Takes over the health of containers as telemetry gives it. Containers without a health check stay UNKNOWN.</summary>
    public static PlacedTask ApplyHealth(PlacedTask task, IReadOnlyDictionary<string, string> healthByContainer) =>
        task.IsStopped ? task : Counted(task, task with { Containers = ContainerProgress.ApplyHealth(task.Containers, healthByContainer) });

    private static PlacedTask WithStatus(PlacedTask task, SubmitTaskStateChangeRequest change, DateTimeOffset now)
    {
        if (change.Status == "STOPPED")
        {
            return Stop(task, change.Reason, now);
        }

        var next = change.Status == "RUNNING" ? Started(task, now) : task;
        return next.Containers.Any(container => container.Essential && container.Status == ContainerLifecycle.Stopped)
            ? BeginStopping(next, StopReasons.Derive(next, agentReason: null), now)
            : next;
    }

    private static PlacedTask Started(PlacedTask task, DateTimeOffset now) => task with
    {
        StartedAt = task.StartedAt ?? now,
        Status = task.Status < TaskLifecycle.Running ? TaskLifecycle.Running : task.Status,
    };

    private static PlacedTask BeginStopping(PlacedTask task, (string Code, string Reason) why, DateTimeOffset now) => task with
    {
        StopDesired = true,
        StoppingAt = task.StoppingAt ?? now,
        StopCode = task.StopCode ?? why.Code,
        StoppedReason = task.StoppedReason ?? why.Reason,
        Status = task.Status < TaskLifecycle.Stopping ? TaskLifecycle.Stopping : task.Status,
    };

    private static PlacedTask Stop(PlacedTask task, string? agentReason, DateTimeOffset now) =>
        BeginStopping(task, StopReasons.Derive(task, agentReason), now) with
        {
            Status = TaskLifecycle.Stopped,
            StoppedAt = now,
            Containers = ContainerProgress.AllStopped(task.Containers),
        };

    private static PlacedTask Counted(PlacedTask before, PlacedTask after) =>
        after == before ? before : after with { Version = before.Version + 1 };
}
