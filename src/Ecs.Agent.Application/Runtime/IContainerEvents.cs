namespace Ecs.Agent.Application.Runtime;

/// <summary>Hears of containers that changed.</summary>
public interface IContainerEvents
{
    /// <summary>
    /// Follows the runtime's events for as long as the token allows and reconnects by itself. Yields <see cref="RuntimeEvent.Resync"/>
    /// once each time the stream has been (re)opened: everything may have changed meanwhile, so look at all containers again.
    /// </summary>
    IAsyncEnumerable<RuntimeEvent> WatchAsync(CancellationToken cancellationToken);
}
