using Ecs.Agent.LocalControlPlane.Placement;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.Tests.Placement;

public sealed class TaskNeedsTests
{
    [Fact]
    public void Needs_WithoutTaskSize_AreTheSumsOverContainers()
    {
        var needs = TaskNeeds.Of(
            Definition(
                new ContainerDefinition { Name = "a", Cpu = 100, Memory = 300, MemoryReservation = 200 },
                new ContainerDefinition { Name = "b", Cpu = 28, Memory = 56 }),
            overrides: null);

        Assert.Equal((128, 256), (needs.Cpu, needs.Memory));
    }

    [Fact]
    public void Needs_WithTaskSize_AreThatSize()
    {
        var definition = Definition(new ContainerDefinition { Name = "a", Cpu = 100, Memory = 300 }) with { Cpu = "512", Memory = "1024" };

        var needs = TaskNeeds.Of(definition, overrides: null);

        Assert.Equal((512, 1024), (needs.Cpu, needs.Memory));
    }

    [Fact]
    public void Needs_WithOverrides_FollowThem()
    {
        var overrides = new TaskOverride { ContainerOverrides = [new ContainerOverride { Name = "a", Cpu = 7, MemoryReservation = 9 }] };

        var needs = TaskNeeds.Of(Definition(new ContainerDefinition { Name = "a", Cpu = 100, Memory = 300 }), overrides);

        Assert.Equal((7, 9), (needs.Cpu, needs.Memory));
    }

    [Theory]
    [InlineData("bridge", "80", "53")]
    [InlineData("host", "80,9000", "53")]
    public void Ports_OfTheHost_AreTakenByProtocol(string networkMode, string tcp, string udp)
    {
        var container = new ContainerDefinition
        {
            Name = "a",
            PortMappings =
            [
                new PortMapping { ContainerPort = 8080, HostPort = 80 },
                new PortMapping { ContainerPort = 9000, HostPort = 0, Protocol = "tcp" },
                new PortMapping { ContainerPort = 53, HostPort = 53, Protocol = "udp" },
                new PortMapping { ContainerPortRange = "100-200" },
            ],
        };

        var needs = TaskNeeds.Of(Definition(container) with { NetworkMode = networkMode }, overrides: null);

        Assert.Equal((tcp, udp), (string.Join(',', needs.TcpPorts), string.Join(',', needs.UdpPorts)));
    }

    [Fact]
    public void Gpus_OfAllContainers_AreCounted()
    {
        var gpus = new ResourceRequirement { Type = "GPU", Value = "2" };
        var container = new ContainerDefinition { Name = "a", ResourceRequirements = [gpus] };

        Assert.Equal(4, TaskNeeds.Of(Definition(container, container with { Name = "b" }), overrides: null).Gpus);
    }

    private static TaskDefinition Definition(params ContainerDefinition[] containers) => new() { ContainerDefinitions = containers };
}
