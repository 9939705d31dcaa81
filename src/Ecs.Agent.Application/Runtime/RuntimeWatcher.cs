using Ecs.Agent.Application.Tasks.Owners;
using Ecs.Agent.Domain.Tasks;
using Microsoft.Extensions.Hosting;

namespace Ecs.Agent.Application.Runtime;

/// <summary>
/// Carries the runtime's hints to the tasks they are about. Decides nothing: an owner that is hinted at looks for itself.
/// </summary>
internal sealed class RuntimeWatcher(IContainerEvents events, TaskOwners owners, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var hint in events.WatchAsync(stoppingToken).ConfigureAwait(false))
        {
            switch (hint)
            {
                case RuntimeEvent.Resync:
                    owners.LookAtAll();
                    break;
                case RuntimeEvent.Ended ended:
                    owners.PostToContainer(ended.RuntimeId, container => new TaskEvent.LookNeeded(time.GetUtcNow(), container));
                    break;
                case RuntimeEvent.HealthChanged health:
                    owners.PostToContainer(
                        health.RuntimeId, container => new TaskEvent.HealthChanged(time.GetUtcNow(), container, health.Health));
                    break;
                case RuntimeEvent.Started started:
                    owners.PostToContainer(
                        started.RuntimeId, container => new TaskEvent.StartHeard(time.GetUtcNow(), container, started.At));
                    break;
            }
        }
    }
}
