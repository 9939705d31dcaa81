namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>NetworkInterfaceVlanProperties</c>.</summary>
public sealed record NetworkInterfaceVlanProperties
{
    public string? TrunkInterfaceMacAddress { get; init; }

    public string? VlanId { get; init; }
}
