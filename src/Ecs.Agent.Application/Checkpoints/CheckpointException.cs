namespace Ecs.Agent.Application.Checkpoints;

/// <summary>
/// The state could not be saved or read. Whatever depends on it waits; containers that run go on running. The text says where, why and what
/// to do about it, and holds nothing of the state itself.
/// </summary>
public sealed class CheckpointException(CheckpointFailureKind kind, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    public CheckpointFailureKind Kind { get; } = kind;
}
