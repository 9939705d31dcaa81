using Ecs.Agent.Application.Registration;

namespace Ecs.Agent.Simulation.Tests.World;

/// <summary>The file that says who the agent is.</summary>
internal sealed class SimulatedIdentity : IIdentityStore
{
    private SavedIdentity? _saved;
    private PendingRegistration? _pending;

    public SavedIdentity? Load() => _saved;

    public PendingRegistration? LoadPending() => _pending;

    public void Save(SavedIdentity identity) => (_saved, _pending) = (identity, null);

    public void SavePending(PendingRegistration registration) => (_saved, _pending) = (null, registration);

    public void Lose() => (_saved, _pending) = (null, null);
}
