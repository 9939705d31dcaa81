using Ecs.Agent.Domain.Containers;

namespace Ecs.Agent.Domain.Tasks;

/// <content>What follows from the containers' states for the task, and from the task's for its containers. Run after every event.</content>
public sealed partial record EcsTask
{
    private EcsTask Derive(DateTimeOffset at) => DeriveDesired(at).DeriveKnown(at);

    /// <summary>An essential container that has stopped, or is to, takes the task with it; the task takes all its containers.</summary>
    private EcsTask DeriveDesired(DateTimeOffset at)
    {
        var ending = Containers.FirstOrDefault(
            c => c.Definition.Essential && (c.Known == ContainerStatus.Stopped || c.Desired == ContainerStatus.Stopped));
        var desired = ending is null ? Desired : EcsTaskStatus.Stopped;
        var containerDesired = desired == EcsTaskStatus.Stopped ? ContainerStatus.Stopped : ContainerStatus.Running;
        if (desired == Desired && Containers.All(c => c.Desired >= containerDesired))
        {
            return this;
        }

        return this with
        {
            Desired = desired,
            StopCause = StopCause ?? (ending is null ? null : new StopCause.EssentialContainer(at, ending.Name)),
            Containers = [.. Containers.Select(c => c.Desired < containerDesired ? c with { Desired = containerDesired } : c)],
        };
    }

    private EcsTask DeriveKnown(DateTimeOffset at)
    {
        var task = ExecutionStoppedAt is null && Containers.Any(c => c.Definition.Essential && c.Known == ContainerStatus.Stopped)
            ? this with { ExecutionStoppedAt = at }
            : this;
        var least = task.LeastAdvanced();
        if (least <= Known || (least == EcsTaskStatus.Running && task.ExecutionStoppedAt is not null))
        {
            // An essential container is gone while the others are still up: the task waits for all of them to stop and never shows RUNNING.
            return task;
        }

        return task with
        {
            Known = least,
            KnownSince = at,
            RunningSince = least == EcsTaskStatus.Running ? at : task.RunningSince,
        };
    }

    private EcsTaskStatus LeastAdvanced()
    {
        if (Containers.IsEmpty)
        {
            return Desired == EcsTaskStatus.Stopped ? EcsTaskStatus.Stopped : EcsTaskStatus.None;
        }

        return Containers.Min(c => c.Known switch
        {
            ContainerStatus.None => EcsTaskStatus.None,
            ContainerStatus.ManifestPulled or ContainerStatus.Pulled => EcsTaskStatus.ManifestPulled,
            ContainerStatus.Created => EcsTaskStatus.Created,
            ContainerStatus.Running or ContainerStatus.ResourcesProvisioned => EcsTaskStatus.Running,
            _ => EcsTaskStatus.Stopped,
        });
    }
}
