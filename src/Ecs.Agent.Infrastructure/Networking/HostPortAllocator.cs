using System.Collections.Immutable;
using System.Globalization;
using Ecs.Agent.Domain.Containers;

namespace Ecs.Agent.Infrastructure.Networking;

/// <summary>
/// Chooses host ports for containers as ECS does: upward from the port chosen last, round the dynamic range, each one tried with a real
/// bind. Docker binds a port only when its container starts, so what has been chosen stays reserved until then: no two containers
/// ever get the same port, however long the first one waits to be started.
/// </summary>
internal sealed class HostPortAllocator
{
    private readonly HostPortRange _range;
    private readonly IPortProbe _probe;
    private readonly Lock _gate = new();
    private readonly Dictionary<(int Port, TransportProtocol Protocol), int> _reserved = [];
    private int _last;

    public HostPortAllocator(HostPortRange range, IPortProbe probe)
    {
        _range = range;
        _probe = probe;
        _last = range.First - 1;
    }

    /// <summary>Host ports for all of a container's mappings, in their order; fixed host ports are taken as they are.</summary>
    /// <exception cref="PortsUnavailableException">The dynamic range has none left, or a mapping is not readable.</exception>
    public PortReservation Reserve(ImmutableArray<PortMapping> mappings)
    {
        var chosen = ImmutableArray.CreateBuilder<PublishedPort>(mappings.Length);
        lock (_gate)
        {
            try
            {
                foreach (var mapping in mappings)
                {
                    foreach (var port in Choose_NeedsLock(mapping))
                    {
                        chosen.Add(port);
                        Hold_NeedsLock(port);
                    }
                }
            }
            catch
            {
                Release_NeedsLock(chosen);
                throw;
            }
        }

        return new PortReservation(this, chosen.ToImmutable());
    }

    internal void Release(ImmutableArray<PublishedPort> ports)
    {
        lock (_gate)
        {
            Release_NeedsLock(ports);
        }
    }

    private IEnumerable<PublishedPort> Choose_NeedsLock(PortMapping mapping)
    {
        if (mapping.ContainerPortRange is not { } text)
        {
            var host = mapping.HostPort > 0 ? mapping.HostPort : FirstOf_NeedsLock(1, mapping.Protocol);
            return [new PublishedPort(mapping.ContainerPort, host, mapping.Protocol)];
        }

        if (!HostPortRange.TryParse(text, out var range))
        {
            throw new PortsUnavailableException($"invalid containerPortRange: {text}");
        }

        var first = FirstOf_NeedsLock(range.Count, mapping.Protocol);
        return Enumerable.Range(0, range.Count).Select(i => new PublishedPort(range.First + i, first + i, mapping.Protocol));
    }

    /// <summary>The first of <paramref name="count"/> free ports in a row.</summary>
    private int FirstOf_NeedsLock(int count, TransportProtocol protocol)
    {
        var began = _last + 1;
        var first = Scan_NeedsLock(began, _range.Last, count, protocol) ?? Scan_NeedsLock(_range.First, began - 1, count, protocol);
        if (first is not { } found)
        {
            throw new PortsUnavailableException(count == 1
                ? "a host port is unavailable"
                : string.Create(CultureInfo.InvariantCulture, $"{count} contiguous host ports are unavailable"));
        }

        var last = found + count - 1;
        _last = last >= _range.Last ? _range.First - 1 : last;
        return found;
    }

    private int? Scan_NeedsLock(int from, int to, int count, TransportProtocol protocol)
    {
        var run = 0;
        for (var port = from; port <= to; port++)
        {
            run = _reserved.ContainsKey((port, protocol)) || !_probe.IsFree(port, protocol) ? 0 : run + 1;
            if (run == count)
            {
                return port - count + 1;
            }
        }

        return null;
    }

    // Counted: two containers may name the same fixed port, one of them waiting for the other to go.
    private void Hold_NeedsLock(PublishedPort port) =>
        _reserved[(port.HostPort, port.Protocol)] = _reserved.GetValueOrDefault((port.HostPort, port.Protocol)) + 1;

    private void Release_NeedsLock(IEnumerable<PublishedPort> ports)
    {
        foreach (var port in ports)
        {
            var key = (port.HostPort, port.Protocol);
            var holders = _reserved[key] - 1;
            if (holders == 0)
            {
                _reserved.Remove(key);
            }
            else
            {
                _reserved[key] = holders;
            }
        }
    }
}
