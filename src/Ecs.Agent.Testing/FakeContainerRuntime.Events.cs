using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Ecs.Agent.Application.Runtime;

namespace Ecs.Agent.Testing;

/// <content>Events and logs.</content>
public sealed partial class FakeContainerRuntime
{
    private ImmutableList<ChannelWriter<RuntimeEvent>> _watchers = [];

    /// <summary>How many follow the events right now.</summary>
    public int Watchers => Volatile.Read(ref _watchers).Count;

    /// <summary>Says that the event stream was opened anew: something may have been missed.</summary>
    public void Resync() => Publish(new RuntimeEvent.Resync());

    /// <summary>Sends an event as it is, whatever is true.</summary>
    public void Publish(RuntimeEvent runtimeEvent)
    {
        foreach (var watcher in Volatile.Read(ref _watchers))
        {
            watcher.TryWrite(runtimeEvent);
        }
    }

    public async IAsyncEnumerable<RuntimeEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateUnbounded<RuntimeEvent>();
        channel.Writer.TryWrite(new RuntimeEvent.Resync());
        ImmutableInterlocked.Update(ref _watchers, watchers => watchers.Add(channel.Writer));
        _changed.Raise();
        try
        {
            await foreach (var heard in channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return heard;
            }
        }
        finally
        {
            ImmutableInterlocked.Update(ref _watchers, watchers => watchers.Remove(channel.Writer));
        }
    }

    /// <summary>Lets a container write a line.</summary>
    public void Write(string dockerName, string text, bool isError = false) =>
        Change(dockerName, container => container with { Log = container.Log.Add(new ContainerLogLine(text, isError)) });

    public async IAsyncEnumerable<ContainerLogLine> FollowAsync(
        string runtimeId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var read = 0; ; read++)
        {
            var next = read;
            await _changed.WaitForAsync(
                () => ByRuntimeId(runtimeId) is not { } container || container.Log.Count > next || HasEnded(container), cancellationToken)
                .ConfigureAwait(false);
            if (ByRuntimeId(runtimeId) is not { } container || container.Log.Count <= read)
            {
                yield break;
            }

            yield return container.Log[read];
        }
    }

    public async Task<ImmutableArray<ContainerLogLine>> TailAsync(string runtimeId, int lines, CancellationToken cancellationToken)
    {
        var call = NewCall(RuntimeOperation.ReadLogs, ByRuntimeId(runtimeId)?.DockerName ?? runtimeId, ByRuntimeId(runtimeId)?.Name);
        return await CallAsync<ImmutableArray<ContainerLogLine>>(
            call, () => [.. (ByRuntimeId(runtimeId)?.Log ?? []).TakeLast(lines)], cancellationToken).ConfigureAwait(false);
    }

    private FakeContainer? ByRuntimeId(string runtimeId) => Containers.Values.FirstOrDefault(container => container.RuntimeId == runtimeId);

    private static bool HasEnded(FakeContainer container) => container.State == Domain.Containers.ObservedState.Stopped;
}
