using System.Collections.Immutable;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Application.Tasks;

/// <summary>Immutable snapshots of every task the agent knows.</summary>
public interface ITaskDirectory
{
    /// <summary>The task, or null.</summary>
    EcsTask? Find(string taskArn);

    /// <summary>All tasks in the order of their admission.</summary>
    ImmutableArray<EcsTask> All();

    /// <summary>Waits until the task is cleaned up and known no more; at once where there is no such task.</summary>
    Task ForgottenAsync(string taskArn, CancellationToken cancellationToken);
}
