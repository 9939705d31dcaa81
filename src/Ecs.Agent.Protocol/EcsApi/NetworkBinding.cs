namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>NetworkBinding</c>.</summary>
public sealed record NetworkBinding
{
    public string? BindIP { get; init; }

    public int? ContainerPort { get; init; }

    public int? HostPort { get; init; }

    /// <summary>One of <c>tcp</c>, <c>udp</c>.</summary>
    public string? Protocol { get; init; }

    public string? ContainerPortRange { get; init; }

    public string? HostPortRange { get; init; }
}
