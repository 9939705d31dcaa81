using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Domain.Explaining;

/// <summary>
/// Says explanations in English. The only place that does: every reader, on the command line or elsewhere, shows the same sentences.
/// </summary>
public static partial class ExplanationText
{
    /// <summary>The whole in one line, for lists.</summary>
    public static string Summary(TaskExplanation task)
    {
        ArgumentNullException.ThrowIfNull(task);
        if (task.Stop is not null)
        {
            return StopSummary(task);
        }

        if (task.Waits.FirstOrDefault(wait => wait is Wait.HostResources or Wait.Registration) is { } host)
        {
            return Describe(host, task);
        }

        if (task.Containers.FirstOrDefault(c => !c.Waits.IsEmpty) is { } waiting)
        {
            return $"{waiting.Name} {Describe(waiting.Waits[0], task)}";
        }

        var unhealthy = task.Containers.Where(c => c.Health == HealthStatus.Unhealthy).Select(c => c.Name).ToArray();
        if (task.Known == EcsTaskStatus.Running)
        {
            return $"runs {Phrases.Since(task.KnownSince, task.At)}"
                + (unhealthy.Length == 0 ? "" : $"; {Phrases.List(unhealthy)} {(unhealthy.Length == 1 ? "is" : "are")} UNHEALTHY");
        }

        return $"is {Phrases.Status(task.Known)} {Phrases.Since(task.KnownSince, task.At)} and goes on";
    }

    /// <summary>Where the container is, and since when: <c>RUNNING since …, HEALTHY, restarted 2 times</c>.</summary>
    public static string State(ContainerExplanation container, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(container);
        var health = container is { Known: ContainerStatus.Running, Health: { } known } ? $", health {Phrases.Status(known)}" : "";
        var restarts = container.RestartCount switch
        {
            0 => "",
            1 => ", restarted once",
            var count => $", restarted {count} times",
        };
        var removed = container.Removed ? ", removed" : "";
        return $"{Phrases.Status(container.Known)} {Phrases.Since(container.KnownSince, now)}{health}{restarts}{removed}";
    }

    /// <summary>Where the task is, and where it should be: <c>MANIFEST_PULLED since …; should be RUNNING</c>.</summary>
    public static string State(TaskExplanation task)
    {
        ArgumentNullException.ThrowIfNull(task);
        var should = task.Known == task.Desired ? "" : $"; should be {Phrases.Status(task.Desired)}";
        var sent = task.Known == task.Sent ? "" : $"; the control plane has accepted {Phrases.Status(task.Sent)}";
        return $"{Phrases.Status(task.Known)} {Phrases.Since(task.KnownSince, task.At)}{should}{sent}";
    }

    /// <summary>The root of the matter comes first: that is what has to be mended.</summary>
    private static string StopSummary(TaskExplanation task)
    {
        var root = task.Stop!.Culprits.IsEmpty ? Cause(task.Stop, task) : Culprit(task.Stop.Culprits[^1], task);
        if (task.Known == EcsTaskStatus.Stopped)
        {
            return root;
        }

        var left = task.Containers.FirstOrDefault(c => c.Waits.Any(wait => wait is not Wait.Dependants));
        return left is null ? $"stopping: {root}" : $"stopping: {root}; {left.Name} {Describe(left.Waits[0], task)}";
    }
}
