using System.Threading.Channels;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Application.Tasks.CleanUpTask;

/// <summary>Says that a task has stopped, or that the control plane has heard of it. Any number of news is one signal.</summary>
internal sealed class StoppedTaskSignal : ITaskObserver
{
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void OnChanged(EcsTask? before, EcsTask after)
    {
        if (after.Known == EcsTaskStatus.Stopped && (before?.Known != after.Known || before.Sent != after.Sent))
        {
            _news.Writer.TryWrite(true);
        }
    }

    /// <summary>Gives one element for all that happened since the last one.</summary>
    public IAsyncEnumerable<bool> ReadAllAsync(CancellationToken cancellationToken) => _news.Reader.ReadAllAsync(cancellationToken);
}
