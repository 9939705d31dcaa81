using System.Threading.Channels;

namespace Ecs.Agent.LocalControlPlane.State;

/// <summary>The changes of one thing (a task, an instance) as a stream: what it was at the start, then every value it took.</summary>
internal sealed class StateSubscription<T> : IStateSubscriber, IDisposable
    where T : class
{
    private readonly ControlPlaneStore _store;
    private readonly Func<ControlPlaneState, T?> _select;
    private readonly Channel<T?> _changes = Channel.CreateUnbounded<T?>(new UnboundedChannelOptions { SingleReader = true });

    public StateSubscription(ControlPlaneStore store, Func<ControlPlaneState, T?> select)
    {
        _store = store;
        _select = select;
        Initial = select(store.Subscribe(this));
    }

    /// <summary>The value when the subscription began.</summary>
    public T? Initial { get; }

    /// <summary>Every later value, in order; null when the thing is gone.</summary>
    public ChannelReader<T?> Changes => _changes.Reader;

    public void OnChanged(ControlPlaneState before, ControlPlaneState after)
    {
        var value = _select(after);
        if (!ReferenceEquals(value, _select(before)))
        {
            _changes.Writer.TryWrite(value);
        }
    }

    public void Dispose()
    {
        _store.Unsubscribe(this);
        _changes.Writer.TryComplete();
    }
}
