namespace Ecs.Agent.Application.Registration;

/// <summary>For an agent without checkpoints: each of its lives is a container instance of its own.</summary>
internal sealed class NoIdentityStore : IIdentityStore
{
    public SavedIdentity? Load() => null;

    public void Save(SavedIdentity identity)
    {
    }
}
