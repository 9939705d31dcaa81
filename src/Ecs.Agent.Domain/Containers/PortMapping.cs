namespace Ecs.Agent.Domain.Containers;

/// <summary>
/// One entry of <c>portMappings</c>. Either <see cref="ContainerPort"/> is set (1–65535) or <see cref="ContainerPortRange"/> is.
/// </summary>
public sealed record PortMapping
{
    /// <summary>The port inside the container, 0 when a range is given.</summary>
    public int ContainerPort { get; init; }

    /// <summary>The port on the host; 0 lets the agent pick one from the dynamic range.</summary>
    public int HostPort { get; init; }

    /// <summary><c>first-last</c>, published on one contiguous block of host ports; null when <see cref="ContainerPort"/> is set.</summary>
    public string? ContainerPortRange { get; init; }

    public TransportProtocol Protocol { get; init; } = TransportProtocol.Tcp;
}
