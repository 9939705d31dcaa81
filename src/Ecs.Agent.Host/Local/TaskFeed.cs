using System.Threading.Channels;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Application.Tasks;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Host.Presentation;

namespace Ecs.Agent.Host.Local;

/// <summary>Hears of everything that happens to the agent's tasks and keeps it, in order, for whoever watches.</summary>
internal sealed class TaskFeed : ITaskObserver, IPullObserver
{
    private readonly Channel<(string TaskArn, RunEvent Happened)> _events =
        Channel.CreateUnbounded<(string, RunEvent)>(new UnboundedChannelOptions { SingleReader = true });

    public void OnChanged(EcsTask? before, EcsTask after) => _events.Writer.TryWrite((after.Arn, new RunEvent.Changed(before, after)));

    public void OnRegistryAsked(string taskArn, string container, string image) =>
        _events.Writer.TryWrite((taskArn, new RunEvent.RegistryAsked(container, image)));

    public void OnProgress(string taskArn, string container, PullProgress progress) =>
        _events.Writer.TryWrite((taskArn, new RunEvent.Pulling(container, progress)));

    /// <summary>What has happened and will happen to one task; what concerns others is dropped.</summary>
    public async IAsyncEnumerable<RunEvent> OfAsync(
        string taskArn, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (arn, happened) in _events.Reader.ReadAllAsync(cancellationToken))
        {
            if (arn == taskArn)
            {
                yield return happened;
            }
        }
    }
}
