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
}
