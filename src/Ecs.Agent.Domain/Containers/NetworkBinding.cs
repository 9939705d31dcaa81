namespace Ecs.Agent.Domain.Containers;

/// <summary>
/// A port as Docker has really published it. Single ports set <see cref="ContainerPort"/> and <see cref="HostPort"/>, port ranges
/// <see cref="ContainerPortRange"/> and <see cref="HostPortRange"/> (<c>first-last</c>).
/// </summary>
public sealed record NetworkBinding
{
    /// <summary>The host address, as Docker has it: <c>0.0.0.0</c> or <c>::</c>, say.</summary>
    public required string BindIp { get; init; }

    public int? ContainerPort { get; init; }

    public int? HostPort { get; init; }

    public string? ContainerPortRange { get; init; }

    public string? HostPortRange { get; init; }

    public TransportProtocol Protocol { get; init; }
}
