using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Host.Presentation;

namespace Ecs.Agent.Host.Local;

/// <summary>Shows the life of one task in the order in which somebody would tell it: a container's output before its end.</summary>
internal sealed class TaskWatch(TaskFeed feed, OutputFollower output, Action<RunEvent> show)
{
    /// <summary>The task as it was last seen.</summary>
    public EcsTask? Latest { get; private set; }

    /// <summary>Watches until the task has stopped and all output has been shown; gives the task as it was then.</summary>
    public async Task<EcsTask> UntilStoppedAsync(string taskArn, CancellationToken cancellationToken)
    {
        await foreach (var happened in feed.OfAsync(taskArn, cancellationToken))
        {
            if (happened is not RunEvent.Changed changed)
            {
                show(happened);
                continue;
            }

            Latest = changed.After;
            await DrainEndedAsync(changed);
            show(changed);
            foreach (var container in changed.After.Containers)
            {
                output.Follow(container);
            }

            if (changed.After.Known == EcsTaskStatus.Stopped)
            {
                return changed.After;
            }
        }

        throw new OperationCanceledException("The agent tells nothing more.", cancellationToken);
    }

    private async Task DrainEndedAsync(RunEvent.Changed changed)
    {
        foreach (var container in changed.After.Containers.Where(container => container.Known == ContainerStatus.Stopped))
        {
            var before = changed.Before?.Containers.FirstOrDefault(other => other.Name == container.Name);
            if (before?.Known != ContainerStatus.Stopped)
            {
                // Some end before they are ever seen to run.
                output.Follow(container);
                await output.DrainAsync(container.Name);
            }
        }
    }
}
