namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>NetworkInterfaceVethProperties</c>.</summary>
public sealed record NetworkInterfaceVethProperties
{
    public string? PeerInterface { get; init; }
}
