namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>IPv6AddressAssignment</c>.</summary>
public sealed record IPv6AddressAssignment
{
    public string? Address { get; init; }

    public bool? Primary { get; init; }
}
