using Ecs.Agent.Application.Registration;

namespace Ecs.Agent.Simulation.Tests.World;

/// <summary>The file that says who the agent is.</summary>
internal sealed class SimulatedIdentity : IIdentityStore
{
    private SavedIdentity? _saved;

    public SavedIdentity? Load() => _saved;

    public void Save(SavedIdentity identity) => _saved = identity;

    public void Lose() => _saved = null;
}
