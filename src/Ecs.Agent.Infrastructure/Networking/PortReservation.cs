using System.Collections.Immutable;

namespace Ecs.Agent.Infrastructure.Networking;

/// <summary>
/// Host ports that belong to one container from the choice until Docker itself holds them, or will never. Disposing gives them back.
/// </summary>
internal sealed class PortReservation : IDisposable
{
    private HostPortAllocator? _allocator;

    internal PortReservation(HostPortAllocator allocator, ImmutableArray<PublishedPort> ports)
    {
        _allocator = allocator;
        Ports = ports;
    }

    /// <summary>One entry per container port, in the order of the definition, ranges port by port.</summary>
    public ImmutableArray<PublishedPort> Ports { get; }

    public void Dispose() => Interlocked.Exchange(ref _allocator, null)?.Release(Ports);
}
