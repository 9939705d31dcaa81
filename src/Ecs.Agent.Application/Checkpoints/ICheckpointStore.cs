using System.Collections.Immutable;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Application.Checkpoints;

/// <summary>Where the agent's state survives. A state is saved here before it is acted on or reported.</summary>
public interface ICheckpointStore
{
    /// <summary>Saves the task's state; durable when it returns.</summary>
    ValueTask SaveAsync(EcsTask task, CancellationToken cancellationToken);

    /// <summary>Drops the task.</summary>
    ValueTask ForgetAsync(string taskArn, CancellationToken cancellationToken);

    /// <summary>All saved tasks, in the order of their admission.</summary>
    ValueTask<ImmutableArray<EcsTask>> LoadAsync(CancellationToken cancellationToken);
}
