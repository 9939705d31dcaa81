using System.Collections.Immutable;
using System.Globalization;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Infrastructure.Docker.Wire;
using Ecs.Agent.Infrastructure.Networking;

namespace Ecs.Agent.Infrastructure.Docker;

/// <summary>
/// Makes the control plane's network bindings of what Docker says it has published: single ports first, then one binding per requested
/// range and host address.
/// </summary>
internal static class NetworkBindings
{
    private const string EveryAddress = "0.0.0.0";
    /// <summary>The bindings, in a fixed order.</summary>
    /// <exception cref="RuntimeException"><c>UnparsablePort</c> or <c>UnrecognizedTransportProtocol</c>.</exception>
    public static ImmutableArray<NetworkBinding> From(
        IReadOnlyDictionary<string, PortBinding[]?>? published, ImmutableArray<PortMapping> mappings, bool excludeIpv6)
    {
        if (published is null || published.Count == 0)
        {
            return [];
        }

        var all = published
            .SelectMany(port => (port.Value ?? []).Select(binding => Read(port.Key, binding)))
            .Where(port => !excludeIpv6 || port.BindIp != "::")
            .OrderBy(port => port.ContainerPort).ThenBy(port => port.Protocol).ThenBy(port => port.BindIp, StringComparer.Ordinal)
            .ToList();
        var bindings = ImmutableArray.CreateBuilder<NetworkBinding>();
        bindings.AddRange(all.Where(port => RangeOf(port, mappings) is null).Select(Single));
        bindings.AddRange(all
            .Where(port => RangeOf(port, mappings) is not null)
            .GroupBy(port => (Range: RangeOf(port, mappings)!.Value, port.Protocol, port.BindIp))
            .Select(group => Merged(group.Key.BindIp, group.Key.Protocol, [.. group])));
        return bindings.ToImmutable();
    }

    private static HostPortRange? RangeOf(Publication port, ImmutableArray<PortMapping> mappings)
    {
        foreach (var mapping in mappings)
        {
            if (mapping.Protocol == port.Protocol
                && HostPortRange.TryParse(mapping.ContainerPortRange, out var range)
                && range.Contains(port.ContainerPort))
            {
                return range;
            }
        }

        return null;
    }

    private static NetworkBinding Single(Publication port) => new()
    {
        BindIp = port.BindIp,
        ContainerPort = port.ContainerPort,
        HostPort = port.HostPort,
        Protocol = port.Protocol,
    };

    private static NetworkBinding Merged(string bindIp, TransportProtocol protocol, ImmutableArray<Publication> ports) => new()
    {
        BindIp = bindIp,
        ContainerPortRange = new HostPortRange(ports[0].ContainerPort, ports[^1].ContainerPort).ToString(),
        HostPortRange = new HostPortRange(ports.Min(port => port.HostPort), ports.Max(port => port.HostPort)).ToString(),
        Protocol = protocol,
    };

    private static Publication Read(string key, PortBinding binding)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        var port = slash < 0 ? key : key[..slash];
        var protocol = (slash < 0 ? "tcp" : key[(slash + 1)..]) switch
        {
            "tcp" => TransportProtocol.Tcp,
            "udp" => TransportProtocol.Udp,
            var other => throw Unreadable(ContainerErrorNames.UnrecognizedTransportProtocol, other),
        };

        // Podman names no address where it means all of them.
        var address = string.IsNullOrEmpty(binding.HostIp) ? EveryAddress : binding.HostIp;
        return new Publication(address, PortOf(port), PortOf(binding.HostPort), protocol);
    }

    private static int PortOf(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535
            ? port
            : throw Unreadable(ContainerErrorNames.UnparsablePort, text ?? "");

    private static RuntimeException Unreadable(string name, string text) =>
        new(new ContainerError(name, text), RuntimeFailureKind.Permanent);

    private readonly record struct Publication(string BindIp, int ContainerPort, int HostPort, TransportProtocol Protocol);
}
