namespace Ecs.Agent.Application.Checkpoints;

/// <summary>
/// The number of the latest task manifest. A manifest that is not newer says nothing about now, also when the agent was restarted in between.
/// </summary>
public interface ITaskManifestNumber
{
    /// <summary>The saved number; -1 when there is none.</summary>
    long Latest { get; }

    /// <summary>Durable when it returns. Throws <see cref="CheckpointException"/>.</summary>
    ValueTask SaveAsync(long number, CancellationToken cancellationToken);
}
