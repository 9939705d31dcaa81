using System.Collections.Immutable;

namespace Ecs.Agent.LocalControlPlane.State;

/// <summary>
/// The one place where state changes. Writers take turns; readers take the published snapshot and never wait.
/// Subscribers hear of every change in order; they are called under the lock, so they only pass a note on and return.
/// </summary>
internal sealed class ControlPlaneStore(ControlPlaneState initial)
{
    private readonly Lock _gate = new();
    private ImmutableArray<IStateSubscriber> _subscribers = [];
    private volatile ControlPlaneState _current = initial;

    /// <summary>The latest state, as a value that never changes.</summary>
    public ControlPlaneState Current => _current;

    /// <summary>Replaces the state by what the transition makes of it. A transition that throws changes nothing.</summary>
    public TResult Update<TResult>(Func<ControlPlaneState, (ControlPlaneState State, TResult Result)> transition)
    {
        lock (_gate)
        {
            var before = _current;
            var (after, result) = transition(before);
            Publish_NeedsLock(before, after);
            return result;
        }
    }

    /// <inheritdoc cref="Update{TResult}"/>
    public void Update(Func<ControlPlaneState, ControlPlaneState> transition) => Update(state => (transition(state), true));

    /// <summary>Adds a subscriber; the state returned is the one its first change starts from, so nothing falls in between.</summary>
    public ControlPlaneState Subscribe(IStateSubscriber subscriber)
    {
        lock (_gate)
        {
            _subscribers = _subscribers.Add(subscriber);
            return _current;
        }
    }

    public void Unsubscribe(IStateSubscriber subscriber)
    {
        lock (_gate)
        {
            _subscribers = _subscribers.Remove(subscriber);
        }
    }

    private void Publish_NeedsLock(ControlPlaneState before, ControlPlaneState after)
    {
        if (ReferenceEquals(before, after))
        {
            return;
        }

        _current = after;
        foreach (var subscriber in _subscribers)
        {
            subscriber.OnChanged(before, after);
        }
    }
}
