namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>PortMapping</c>.</summary>
public sealed record PortMapping
{
    public int? ContainerPort { get; init; }

    public string? ContainerPortRange { get; init; }

    public int? HostPort { get; init; }

    /// <summary>One of <c>tcp</c>, <c>udp</c>.</summary>
    public string? Protocol { get; init; }
}
