using System.Collections.Immutable;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.HostResources;
using Ecs.Agent.Domain.Images;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Domain.Explaining;

/// <summary>Says why a task is as it is. Pure: from what its owner knows and from who holds and waits for what it wants.</summary>
public static class TaskExplainer
{
    /// <param name="situation">The task, what was decided for it, and what is being done.</param>
    /// <param name="hostResources">Who holds and who waits for the machine's resources.</param>
    /// <param name="pulls">The pull queue.</param>
    /// <param name="now">The moment that is explained.</param>
    public static TaskExplanation Explain(
        TaskSituation situation, HostResourceQueue hostResources, ImmutableArray<PullState> pulls, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(situation);
        ArgumentNullException.ThrowIfNull(hostResources);
        var task = situation.Task;
        return new TaskExplanation
        {
            Arn = task.Arn,
            Family = task.Definition.Family,
            Revision = task.Definition.Version,
            Desired = task.Desired,
            Known = task.Known,
            KnownSince = task.KnownSince,
            Sent = task.Sent,
            At = now,
            Waits = WaitExplainer.OfTask(situation, hostResources),
            Containers = [.. task.Containers.Select(c => Explain(situation, c, pulls, now))],
            Stop = task.Desired == EcsTaskStatus.Stopped || task.Known == EcsTaskStatus.Stopped ? EndExplainer.StoryOf(task) : null,
        };
    }

    private static ContainerExplanation Explain(
        TaskSituation situation, EcsContainer container, ImmutableArray<PullState> pulls, DateTimeOffset now) => new()
        {
            Name = container.Name,
            Image = container.Definition.Image,
            Essential = container.Definition.Essential,
            DockerName = container.DockerName,
            RuntimeId = container.RuntimeId,
            Desired = container.Desired,
            Known = container.Known,
            KnownSince = container.KnownSince,
            Health = container.Definition.HasHealthCheck ? container.Health : null,
            RestartCount = container.RestartCount,
            MemoryMiB = container.Definition.MemoryMiB,
            HasRun = EndExplainer.HasRun(container),
            Removed = container.Removed,
            Trouble = container.Known == ContainerStatus.Stopped ? null : container.Error,
            Waits = WaitExplainer.OfContainer(situation, container, pulls, now),
            End = container.Known == ContainerStatus.Stopped ? EndExplainer.EndOf(situation.Task, container) : null,
        };
}
