using System.Globalization;

namespace Ecs.Agent.Infrastructure.Networking;

/// <summary>Host ports that may be given out, both ends inclusive.</summary>
internal readonly record struct HostPortRange(int First, int Last)
{
    /// <summary>Where the kernel does not name a range.</summary>
    public static HostPortRange Fallback { get; } = new(49153, 65535);

    /// <summary>The range in <c>/proc/sys/net/ipv4/ip_local_port_range</c>, or the fallback when that text is none.</summary>
    public static HostPortRange FromKernel(string? text)
    {
        var parts = (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 2 && TryParsePort(parts[0], out var first) && TryParsePort(parts[1], out var last) && first <= last
            ? new HostPortRange(first, last)
            : Fallback;
    }

    /// <summary>Reads <c>first-last</c>.</summary>
    public static bool TryParse(string? text, out HostPortRange range)
    {
        var parts = (text ?? "").Split('-');
        range = default;
        if (parts.Length != 2 || !TryParsePort(parts[0], out var first) || !TryParsePort(parts[1], out var last) || first > last)
        {
            return false;
        }

        range = new HostPortRange(first, last);
        return true;
    }

    public bool Contains(int port) => port >= First && port <= Last;

    public int Count => Last - First + 1;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{First}-{Last}");

    private static bool TryParsePort(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= 65535;
}
