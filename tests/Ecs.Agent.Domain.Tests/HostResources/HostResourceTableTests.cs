using Ecs.Agent.Domain.HostResources;
using static Ecs.Agent.Domain.Tests.TestTasks;

namespace Ecs.Agent.Domain.Tests.HostResources;

/// <summary>Each resource of the host at each of its boundaries: who holds what, what is asked for, what comes of it.</summary>
public sealed class HostResourceTableTests
{
    private const string More = "Task needs more than this machine has: ";

    private static readonly HostResourceNeed Machine = Need(cpu: 2048, memory: 4096, tcp: [22], udp: [53], gpus: ["g0", "g1"]);

    public static TheoryData<string, HostResourceNeed, HostResourceNeed, string> Boundaries { get; } = new()
    {
        { "nothing of a full machine", Machine with { TcpPorts = [], UdpPorts = [] }, Need(), "granted" },
        { "CPU, the last unit", Need(cpu: 2047), Need(cpu: 1), "granted" },
        { "CPU, one unit too many now", Need(cpu: 2047), Need(cpu: 2), "waits" },
        { "CPU, all of it", Need(), Need(cpu: 2048), "granted" },
        { "CPU, more than there is", Need(), Need(cpu: 2049), More + "CPU 2049 of 2048" },
        { "MEMORY, the last MiB", Need(memory: 4095), Need(memory: 1), "granted" },
        { "MEMORY, one MiB too many now", Need(memory: 4095), Need(memory: 2), "waits" },
        { "MEMORY, all of it", Need(), Need(memory: 4096), "granted" },
        { "MEMORY, more than there is", Need(), Need(memory: 4097), More + "MEMORY 4097 MiB of 4096 MiB" },
        { "PORTS_TCP, free", Need(tcp: [80]), Need(tcp: [81]), "granted" },
        { "PORTS_TCP, taken", Need(tcp: [80]), Need(tcp: [80]), "waits" },
        { "PORTS_TCP, one of two taken", Need(tcp: [80]), Need(tcp: [79, 80]), "waits" },
        { "PORTS_TCP, the same number in UDP", Need(udp: [80]), Need(tcp: [80]), "granted" },
        { "PORTS_TCP, reserved", Need(), Need(tcp: [22]), More + "PORTS_TCP 22, which is reserved" },
        { "PORTS_TCP, reserved for UDP", Need(), Need(tcp: [53]), "granted" },
        { "PORTS_UDP, free", Need(udp: [80]), Need(udp: [81]), "granted" },
        { "PORTS_UDP, taken", Need(udp: [80]), Need(udp: [80]), "waits" },
        { "PORTS_UDP, the same number in TCP", Need(tcp: [80]), Need(udp: [80]), "granted" },
        { "PORTS_UDP, reserved", Need(), Need(udp: [53]), More + "PORTS_UDP 53, which is reserved" },
        { "PORTS_UDP, reserved for TCP", Need(), Need(udp: [22]), "granted" },
        { "GPU, the other one", Need(gpus: ["g0"]), Need(gpus: ["g1"]), "granted" },
        { "GPU, taken", Need(gpus: ["g0"]), Need(gpus: ["g0"]), "waits" },
        { "GPU, one of two taken", Need(gpus: ["g1"]), Need(gpus: ["g0", "g1"]), "waits" },
        { "GPU, all of them", Need(), Need(gpus: ["g0", "g1"]), "granted" },
        { "GPU, none such", Need(), Need(gpus: ["g7"]), "task gpu g7 not found in host gpus" },
        { "GPU, case counts", Need(), Need(gpus: ["G0"]), "task gpu G0 not found in host gpus" },
        { "GPU, none such and too much CPU", Need(), Need(cpu: 9999, gpus: ["g0", "g7"]), "task gpu g7 not found in host gpus" },
    };

    [Theory]
    [MemberData(nameof(Boundaries))]
    public void Claim_AtABoundary_IsDecided(string boundary, HostResourceNeed held, HostResourceNeed need, string expected)
    {
        var decision = HostResourceQueue.Of(Machine).Seize("holder", held).Claim("task", need);
        var found = decision.Refused is [var refusal] ? refusal.Reason : decision.Granted.Contains("task") ? "granted" : "waits";

        Assert.True(expected == found, $"{boundary}: {found}");
        Assert.Equal(expected == "waits", decision.Queue.Waiting.Count == 1);
        Assert.Equal(expected == "granted", decision.Queue.Held.ContainsKey("task"));
        Assert.Equal(expected == "waits" ? ["holder"] : [], decision.Queue.HoldersInTheWayOf(need).Where(_ => expected == "waits"));
        Assert.Equal(expected == "waits" ? ["task"] : [], decision.Queue.Release("holder").Granted);
    }

    [Fact]
    public void Of_Gpus_AreThoseOfAllContainersInOrder() => Assert.Equal(
        ["B", "a", "b"],
        HostResourceNeed.Of(Definition(
            Container("x") with { GpuIds = ["b", "a"] }, Container("y"), Container("z") with { GpuIds = ["B"] })).Gpus);

    private static HostResourceNeed Need(int cpu = 0, int memory = 0, int[]? tcp = null, int[]? udp = null, string[]? gpus = null) => new()
    {
        Cpu = cpu,
        MemoryMiB = memory,
        TcpPorts = [.. tcp ?? []],
        UdpPorts = [.. udp ?? []],
        Gpus = HostResourceNeed.GpuSet(gpus ?? []),
    };
}
