namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>NetworkInterfaceTunnelProperties</c>.</summary>
public sealed record NetworkInterfaceTunnelProperties
{
    public string? InterfaceIpAddress { get; init; }

    public string? TunnelId { get; init; }
}
