namespace Ecs.Agent.Infrastructure.Hosts;

/// <summary>For a runtime of an embedder's own, of which nothing is known.</summary>
internal sealed class NoHostAbilities : IHostAbilities
{
    public Task<HostAbilities> FindAsync(CancellationToken cancellationToken) => Task.FromResult(HostAbilities.None);
}
