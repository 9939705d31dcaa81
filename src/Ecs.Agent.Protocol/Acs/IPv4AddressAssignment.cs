namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>IPv4AddressAssignment</c>.</summary>
public sealed record IPv4AddressAssignment
{
    public bool? Primary { get; init; }

    public string? PrivateAddress { get; init; }
}
