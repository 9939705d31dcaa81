using Ecs.Agent.Application.Checkpoints;

namespace Ecs.Agent.Application.Registration;

/// <summary>
/// Keeps who this agent is, apart from its state: small, and whole whatever happens, so that a machine is not registered twice because its state
/// was damaged. It holds either an identity or, before there is one, the registration that is to bring it.
/// </summary>
public interface IIdentityStore
{
    /// <summary>The identity of the earlier life; null when there was none or it cannot be read.</summary>
    SavedIdentity? Load();

    /// <summary>The registration of which the earlier life did not hear; null when there is none or it cannot be read.</summary>
    PendingRegistration? LoadPending();

    /// <summary>Takes the place of a pending registration. Durable when it returns. Throws <see cref="CheckpointException"/>.</summary>
    void Save(SavedIdentity identity);

    /// <summary>Takes the place of an identity. Durable when it returns. Throws <see cref="CheckpointException"/>.</summary>
    void SavePending(PendingRegistration registration);
}
