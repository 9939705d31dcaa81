using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Infrastructure.Networking;

namespace Ecs.Agent.Infrastructure.Tests.Networking;

public sealed class HostPortAllocatorTests
{
    private readonly TakenPorts _taken = new();

    [Fact]
    public void Reserve_FreshAgent_ServesInDefinitionOrderFromTheRangeStart()
    {
        using var reservation = Allocator(32768, 60999).Reserve(
        [
            Dynamic(80), Dynamic(53, TransportProtocol.Udp), new PortMapping { ContainerPortRange = "9000-9003" },
            new PortMapping { ContainerPort = 443, HostPort = 8443 },
        ]);

        Assert.Equal(
            ["80>32768/Tcp", "53>32769/Udp", "9000>32770/Tcp", "9001>32771/Tcp", "9002>32772/Tcp", "9003>32773/Tcp", "443>8443/Tcp"],
            Shown(reservation));
    }

    [Fact]
    public void Reserve_PortTaken_SkipsIt()
    {
        _taken.Add(101);
        var allocator = Allocator(100, 110);

        Assert.Equal([100, 102], Hosts(allocator.Reserve([Dynamic(1), Dynamic(2)])));
    }

    [Fact]
    public void Reserve_RangeWithHole_TakesTheFirstContiguousBlock()
    {
        _taken.Add(102);
        var allocator = Allocator(100, 110);

        Assert.Equal([103, 104, 105], Hosts(allocator.Reserve([new PortMapping { ContainerPortRange = "1-3" }])));
        Assert.Equal([106], Hosts(allocator.Reserve([Dynamic(1)])));
    }

    [Fact]
    public void Reserve_GivenBack_GoesOnFromTheCursorBeforeReusing()
    {
        var allocator = Allocator(100, 102);
        allocator.Reserve([Dynamic(1)]).Dispose();
        allocator.Reserve([Dynamic(1)]).Dispose();

        Assert.Equal([102], Hosts(allocator.Reserve([Dynamic(1)])));
        Assert.Equal([100], Hosts(allocator.Reserve([Dynamic(1)])));
    }

    [Fact]
    public void Reserve_EndOfRangeTooShort_WrapsToTheStart()
    {
        var allocator = Allocator(100, 105);
        allocator.Reserve([new PortMapping { ContainerPortRange = "1-4" }]).Dispose();

        Assert.Equal([100, 101, 102], Hosts(allocator.Reserve([new PortMapping { ContainerPortRange = "1-3" }])));
    }

    [Fact]
    public void Reserve_NotGivenBack_IsNeverGivenTwice()
    {
        var allocator = Allocator(100, 102);
        var all = Enumerable.Range(0, 3).SelectMany(_ => Hosts(allocator.Reserve([Dynamic(1)]))).ToList();

        Assert.Equal([100, 101, 102], all);
        Assert.Equal("a host port is unavailable", Assert.Throws<PortsUnavailableException>(() => allocator.Reserve([Dynamic(1)])).Message);
    }

    [Fact]
    public void Reserve_FixedPortInsideTheRange_IsNotChosenForAnother()
    {
        var allocator = Allocator(100, 101);
        using var one = allocator.Reserve([new PortMapping { ContainerPort = 1, HostPort = 100 }]);
        var two = allocator.Reserve([new PortMapping { ContainerPort = 1, HostPort = 100 }]);
        two.Dispose();

        Assert.Equal([101], Hosts(allocator.Reserve([Dynamic(1)])));
    }

    [Fact]
    public void Reserve_SamePortOfTheOtherProtocol_IsFree()
    {
        var allocator = Allocator(100, 101);
        using var tcp = allocator.Reserve([Dynamic(1), Dynamic(2)]);

        Assert.Equal([100, 101], Hosts(allocator.Reserve([Dynamic(1, TransportProtocol.Udp), Dynamic(2, TransportProtocol.Udp)])));
    }

    [Fact]
    public void Reserve_BlockUnavailable_NamesItsSizeAndKeepsNothing()
    {
        var allocator = Allocator(100, 103);
        var refused = Assert.Throws<PortsUnavailableException>(
            () => allocator.Reserve([Dynamic(1), new PortMapping { ContainerPortRange = "1-5" }]));

        Assert.Equal("5 contiguous host ports are unavailable", refused.Message);
        Assert.Equal([101, 102, 103, 100], Enumerable.Range(0, 4).SelectMany(_ => Hosts(allocator.Reserve([Dynamic(1)]))));
    }

    [Theory]
    [InlineData("9-1")]
    [InlineData("abc")]
    [InlineData("1-70000")]
    public void Reserve_UnreadableRange_IsRefused(string range) =>
        Assert.Throws<PortsUnavailableException>(() => Allocator(100, 200).Reserve([new PortMapping { ContainerPortRange = range }]));

    [Fact]
    public async Task Reserve_ManyAtOnce_NeverTheSamePort()
    {
        var allocator = Allocator(1000, 2999);
        var ports = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () => Enumerable.Range(0, 200).SelectMany(_ => Hosts(allocator.Reserve([Dynamic(1)]))).ToList())));

        Assert.Equal(1600, ports.SelectMany(list => list).Distinct().Count());
    }

    [Theory]
    [InlineData("32768\t60999\n", 32768, 60999)]
    [InlineData("", 49153, 65535)]
    [InlineData(null, 49153, 65535)]
    [InlineData("5 4", 49153, 65535)]
    public void FromKernel_Text_GivesTheRange(string? text, int first, int last) =>
        Assert.Equal(new HostPortRange(first, last), HostPortRange.FromKernel(text));

    [Theory]
    [InlineData(TransportProtocol.Tcp)]
    [InlineData(TransportProtocol.Udp)]
    public void SocketPortProbe_RealSocket_SeesWhoListens(TransportProtocol protocol)
    {
        using var socket = protocol is TransportProtocol.Tcp
            ? new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
            : new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Any, 0));
        if (protocol is TransportProtocol.Tcp)
        {
            socket.Listen();
        }

        var port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        var probe = new SocketPortProbe();

        Assert.False(probe.IsFree(port, protocol));
        socket.Close();
        Assert.True(probe.IsFree(port, protocol));
    }

    private HostPortAllocator Allocator(int first, int last) => new(new HostPortRange(first, last), _taken);

    private static PortMapping Dynamic(int containerPort, TransportProtocol protocol = TransportProtocol.Tcp) =>
        new() { ContainerPort = containerPort, Protocol = protocol };

    private static IEnumerable<int> Hosts(PortReservation reservation) => reservation.Ports.Select(port => port.HostPort);

    private static IEnumerable<string> Shown(PortReservation reservation) =>
        reservation.Ports.Select(port => $"{port.ContainerPort}>{port.HostPort}/{port.Protocol}");

    private sealed class TakenPorts : IPortProbe
    {
        private ImmutableHashSet<int> _ports = [];

        public void Add(int port) => _ports = _ports.Add(port);

        public bool IsFree(int port, TransportProtocol protocol) => !_ports.Contains(port);
    }
}
