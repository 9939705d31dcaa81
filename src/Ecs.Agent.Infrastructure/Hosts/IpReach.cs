using System.Globalization;

namespace Ecs.Agent.Infrastructure.Hosts;

/// <summary>Which kinds of addresses this machine can reach, by its default routes.</summary>
internal static class IpReach
{
    private const int Up = 0x1, Rejects = 0x200;

    /// <summary>
    /// Whether IPv4 addresses cannot be reached: there is a default route for IPv6 only. What cannot be found out counts as IPv4.
    /// </summary>
    public static bool IsIpv6Only() => IsIpv6Only(Read("/proc/net/route"), Read("/proc/net/ipv6_route"));

    /// <param name="routes">The kernel's table of IPv4 routes.</param>
    /// <param name="ipv6Routes">The kernel's table of IPv6 routes.</param>
    internal static bool IsIpv6Only(string routes, string ipv6Routes) =>
        !Rows(routes).Any(IsDefault) && Rows(ipv6Routes).Any(IsIpv6Default);

    /// <summary>Interface, destination, gateway, flags, …, mask as the eighth.</summary>
    private static bool IsDefault(string[] row) => row is [_, "00000000", _, var flags, _, _, _, "00000000", ..] && IsUsable(flags);

    /// <summary>Destination, prefix length, …, flags as the ninth, interface.</summary>
    private static bool IsIpv6Default(string[] row) =>
        row is ["00000000000000000000000000000000", "00", _, _, _, _, _, _, var flags, not "lo"] && IsUsable(flags);

    private static bool IsUsable(string flags) =>
        int.TryParse(flags, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var bits) && (bits & (Up | Rejects)) == Up;

    private static IEnumerable<string[]> Rows(string table) =>
        table.Split('\n').Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
