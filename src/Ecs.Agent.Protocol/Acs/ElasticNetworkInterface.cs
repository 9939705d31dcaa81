namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>ElasticNetworkInterface</c>.</summary>
public sealed record ElasticNetworkInterface
{
    public string? AttachmentArn { get; init; }

    public IReadOnlyList<string>? DomainName { get; init; }

    public IReadOnlyList<string>? DomainNameServers { get; init; }

    public string? Ec2Id { get; init; }

    public int? Index { get; init; }

    /// <summary>One of <c>default</c>, <c>tunnel</c>, <c>veth</c>, <c>vlan</c>.</summary>
    public string? InterfaceAssociationProtocol { get; init; }

    public NetworkInterfaceTunnelProperties? InterfaceTunnelProperties { get; init; }

    public NetworkInterfaceVethProperties? InterfaceVethProperties { get; init; }

    public NetworkInterfaceVlanProperties? InterfaceVlanProperties { get; init; }

    public IReadOnlyList<IPv4AddressAssignment>? Ipv4Addresses { get; init; }

    public IReadOnlyList<IPv6AddressAssignment>? Ipv6Addresses { get; init; }

    public string? MacAddress { get; init; }

    public string? Name { get; init; }

    public string? PrivateDnsName { get; init; }

    public string? SubnetGatewayIpv4Address { get; init; }

    public string? SubnetGatewayIpv6Address { get; init; }
}
