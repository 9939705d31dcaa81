namespace Ecs.Agent.Application.Registration;

/// <summary>For an agent without checkpoints: each of its lives is a container instance of its own.</summary>
internal sealed class NoIdentityStore : IIdentityStore
{
    public SavedIdentity? Load() => null;

    public PendingRegistration? LoadPending() => null;

    public void Save(SavedIdentity identity)
    {
    }

    public void SavePending(PendingRegistration registration)
    {
    }
}
