using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.HostResources;
using Ecs.Agent.Domain.Tasks;
using static Ecs.Agent.Domain.Tests.TestTasks;

namespace Ecs.Agent.Domain.Tests.HostResources;

public sealed class HostResourceNeedTests
{
    private static readonly ContainerDefinition App = Container("app") with
    {
        Cpu = 100,
        MemoryMiB = 300,
        MemoryReservationMiB = 200,
        PortMappings =
        [
            new() { ContainerPort = 80, HostPort = 8080 },
            new() { ContainerPort = 53, HostPort = 53, Protocol = TransportProtocol.Udp },
            new() { ContainerPort = 81 },
            new() { ContainerPortRange = "9000-9003" },
        ],
    };

    [Fact]
    public void Of_TaskWithoutLimits_SumsItsContainersSoftLimitFirst()
    {
        var need = HostResourceNeed.Of(Definition(App, Container("side") with { Cpu = 28, MemoryMiB = 64 }));

        Assert.Equal((128, 264), (need.Cpu, need.MemoryMiB));
    }

    [Fact]
    public void Of_TaskWithLimits_TakesThose()
    {
        var need = HostResourceNeed.Of(Definition(App) with { VCpu = 0.25, MemoryMiB = 512 });

        Assert.Equal((256, 512), (need.Cpu, need.MemoryMiB));
    }

    [Fact]
    public void Of_Ports_CountsStaticOnesByProtocol()
    {
        var need = HostResourceNeed.Of(Definition(App));

        Assert.Equal([8080], need.TcpPorts);
        Assert.Equal([53], need.UdpPorts);
    }

    [Fact]
    public void Of_TaskWithItsOwnNetwork_NeedsNoHostPorts() =>
        Assert.Empty(HostResourceNeed.Of(Definition(App) with { NetworkMode = NetworkMode.AwsVpc }).TcpPorts);

    [Fact]
    public void Of_AbsurdNumbers_NeitherThrowsNorGoesBelowZero()
    {
        var huge = Container("a") with { Cpu = int.MaxValue, MemoryMiB = int.MaxValue };
        var need = HostResourceNeed.Of(Definition(huge, huge with { Name = "b" }));

        Assert.Equal((int.MaxValue, int.MaxValue), (need.Cpu, need.MemoryMiB));
        Assert.Equal(0, HostResourceNeed.Of(Definition(Container("a") with { Cpu = -5 })).Cpu);
        Assert.Equal(int.MaxValue, HostResourceNeed.Of(Definition(App) with { VCpu = 1e12 }).Cpu);
    }
}
