using Ecs.Agent.Infrastructure.Hosts;

namespace Ecs.Agent.Infrastructure.Tests.Hosts;

public sealed class IpReachTests
{
    private const string Heading = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n";
    private const string Default4 = "eth0\t00000000\t010011AC\t0003\t0\t0\t0\t00000000\t0\t0\t0\n";
    private const string Local4 = "eth0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0\n";
    private const string Rejected4 = "*\t00000000\t00000000\t0200\t0\t0\t0\t00000000\t0\t0\t0\n";
    private const string Zero = "00000000000000000000000000000000";
    private const string Default6 =
        Zero + " 00 " + Zero + " 00 fe800000000000000000000000000001 00000400 00000001 00000000 00000003     eth0\n";
    private const string Rejected6 = Zero + " 00 " + Zero + " 00 " + Zero + " ffffffff 00000001 00000000 00200200       lo\n";

    [Theory]
    [InlineData(Heading + Default4 + Local4, Default6, false)]
    [InlineData(Heading + Local4, Default6 + Rejected6, true)]
    [InlineData(Heading + Rejected4, Default6, true)]
    [InlineData(Heading + Local4, Rejected6, false)]
    [InlineData("", "", false)]
    [InlineData(Heading + Default4, "", false)]
    [InlineData("", Default6, true)]
    [InlineData("nonsense", "nonsense", false)]
    public void Ipv6Only_IsAMachineWhoseOnlyDefaultRouteIsForIpv6(string routes, string ipv6Routes, bool expected) =>
        Assert.Equal(expected, IpReach.IsIpv6Only(routes, ipv6Routes));
}
