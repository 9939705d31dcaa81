namespace Ecs.Agent.Infrastructure.Hosts;

/// <summary>Finds out what this machine can do.</summary>
internal interface IHostAbilities
{
    Task<HostAbilities> FindAsync(CancellationToken cancellationToken);
}
