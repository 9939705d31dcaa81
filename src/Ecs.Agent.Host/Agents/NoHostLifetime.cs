using Microsoft.Extensions.Hosting;

namespace Ecs.Agent.Host.Agents;

/// <summary>Leaves the process's signals to <see cref="StopSignals"/>: several agents share one process.</summary>
internal sealed class NoHostLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
