using System.Collections.Immutable;
using Ecs.Agent.Domain.HostResources;

namespace Ecs.Agent.Domain.Explaining;

/// <summary>What of a need is not free, and who holds it.</summary>
internal static class HostShortages
{
    public static ImmutableArray<HostShortage> Of(HostResourceQueue queue, HostResourceNeed total, HostResourceNeed need) =>
    [
        .. Amount(queue, HostResourceKind.Cpu, need.Cpu, total.Cpu, held => held.Cpu),
        .. Amount(queue, HostResourceKind.Memory, need.MemoryMiB, total.MemoryMiB, held => held.MemoryMiB),
        .. Ports(queue, HostResourceKind.TcpPort, need.TcpPorts, held => held.TcpPorts),
        .. Ports(queue, HostResourceKind.UdpPort, need.UdpPorts, held => held.UdpPorts),
    ];

    private static IEnumerable<HostShortage> Amount(
        HostResourceQueue queue, HostResourceKind kind, int wanted, int total, Func<HostResourceNeed, int> shareOf)
    {
        var free = (int)Math.Max(0, total - queue.Held.Values.Sum(held => (long)shareOf(held)));
        if (wanted > free)
        {
            yield return new HostShortage(kind, wanted, free, total, Holders(queue, shareOf));
        }
    }

    private static IEnumerable<HostShortage> Ports(
        HostResourceQueue queue, HostResourceKind kind, IEnumerable<int> wanted, Func<HostResourceNeed, ImmutableSortedSet<int>> portsOf) =>
        from port in wanted
        let holders = Holders(queue, held => portsOf(held).Contains(port) ? port : 0)
        where !holders.IsEmpty
        select new HostShortage(kind, port, Free: 0, Total: 0, holders);

    private static ImmutableArray<HostShare> Holders(HostResourceQueue queue, Func<HostResourceNeed, int> shareOf) =>
    [
        .. queue.Held
            .Select(held => new HostShare(held.Key, shareOf(held.Value)))
            .Where(share => share.Amount > 0)
            .OrderByDescending(share => share.Amount)
            .ThenBy(share => share.TaskArn, StringComparer.Ordinal),
    ];
}
