using System.Collections.Immutable;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Application.Checkpoints;

/// <summary>
/// Where the agent's state survives. A state is saved here before it is acted on or reported. All throw <see cref="CheckpointException"/>.
/// </summary>
public interface ICheckpointStore
{
    /// <summary>Saves the task's state; durable when it returns. Calls for one task come one after the other.</summary>
    ValueTask SaveAsync(EcsTask task, CancellationToken cancellationToken);

    /// <summary>Drops the task.</summary>
    ValueTask ForgetAsync(string taskArn, CancellationToken cancellationToken);

    /// <summary>
    /// All saved tasks that could be read, in the order of their admission. What could not be read is put aside, never lost and never in
    /// the way.
    /// </summary>
    ValueTask<ImmutableArray<EcsTask>> LoadAsync(CancellationToken cancellationToken);
}
