using Ecs.Agent.Application.Checkpoints;

namespace Ecs.Agent.Application.Registration;

/// <summary>
/// Keeps who this agent is, apart from its state: small, and whole whatever happens, so that a machine is not registered twice because its state
/// was damaged.
/// </summary>
public interface IIdentityStore
{
    /// <summary>The identity of the earlier life; null when there was none or it cannot be read.</summary>
    SavedIdentity? Load();

    /// <summary>Durable when it returns. Throws <see cref="CheckpointException"/>.</summary>
    void Save(SavedIdentity identity);
}
