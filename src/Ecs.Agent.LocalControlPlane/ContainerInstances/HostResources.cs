using System.Collections.Immutable;
using System.Globalization;
using Ecs.Agent.LocalControlPlane.Placement;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.ContainerInstances;

/// <summary>What an instance has, or has left. Ports are those that are taken.</summary>
/// <param name="Cpu">CPU units, 1024 per vCPU.</param>
/// <param name="Memory">MiB.</param>
/// <param name="TcpPorts">TCP ports in use.</param>
/// <param name="UdpPorts">UDP ports in use.</param>
/// <param name="GpuIds">The GPUs by their ids; of what is left, those that no task has.</param>
internal sealed record HostResources(
    int Cpu, int Memory, ImmutableSortedSet<int> TcpPorts, ImmutableSortedSet<int> UdpPorts, ImmutableSortedSet<string> GpuIds)
{
    public int Gpus => GpuIds.Count;

    private const string Cpus = "CPU";
    private const string MemoryMib = "MEMORY";
    private const string Tcp = "PORTS";
    private const string Udp = "PORTS_UDP";
    private const string Integer = "INTEGER";
    private const string StringSet = "STRINGSET";

    /// <summary>Reads a registration. Absent values count as zero: agents leave zeros out.</summary>
    public static HostResources From(IReadOnlyList<Resource>? resources, IReadOnlyList<PlatformDevice>? devices) => new(
        Number(resources, Cpus),
        Number(resources, MemoryMib),
        Ports(resources, Tcp),
        Ports(resources, Udp),
        [.. (devices ?? []).Where(device => device.Type == "GPU").Select(device => device.Id).OfType<string>()]);

    public HostResources Less(ResourceNeeds needs) => new(
        Cpu - needs.Cpu, Memory - needs.Memory, TcpPorts.Union(needs.TcpPorts), UdpPorts.Union(needs.UdpPorts),
        GpuIds.Except(needs.GpuIds.IsEmpty ? FreeGpus(needs.Gpus) : needs.GpuIds));

    public HostResources Plus(ResourceNeeds needs) => new(
        Cpu + needs.Cpu, Memory + needs.Memory, TcpPorts.Except(needs.TcpPorts), UdpPorts.Except(needs.UdpPorts),
        GpuIds.Union(needs.GpuIds));

    /// <summary>The GPUs that the next task gets which needs so many.</summary>
    public ImmutableSortedSet<string> FreeGpus(int count) => [.. GpuIds.Take(count)];

    /// <summary>The resource list as ECS describes it.</summary>
    public IReadOnlyList<Resource> ToResources() =>
    [
        new() { Name = Cpus, Type = Integer, DoubleValue = 0, LongValue = 0, IntegerValue = Cpu },
        new() { Name = MemoryMib, Type = Integer, DoubleValue = 0, LongValue = 0, IntegerValue = Memory },
        new() { Name = Tcp, Type = StringSet, DoubleValue = 0, LongValue = 0, IntegerValue = 0, StringSetValue = Texts(TcpPorts) },
        new() { Name = Udp, Type = StringSet, DoubleValue = 0, LongValue = 0, IntegerValue = 0, StringSetValue = Texts(UdpPorts) },
    ];

    private static int Number(IReadOnlyList<Resource>? resources, string name)
    {
        var resource = resources?.FirstOrDefault(entry => entry.Name == name);
        return resource?.IntegerValue ?? (int)(resource?.LongValue ?? 0);
    }

    private static ImmutableSortedSet<int> Ports(IReadOnlyList<Resource>? resources, string name) =>
    [
        .. (resources?.FirstOrDefault(entry => entry.Name == name)?.StringSetValue ?? [])
            .Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : -1)
            .Where(port => port >= 0),
    ];

    private static string[] Texts(ImmutableSortedSet<int> ports) =>
        [.. ports.Select(port => port.ToString(CultureInfo.InvariantCulture))];
}
