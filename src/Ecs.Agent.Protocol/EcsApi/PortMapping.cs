namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>PortMapping</c>.</summary>
public sealed record PortMapping
{
    public int? ContainerPort { get; init; }

    public int? HostPort { get; init; }

    /// <summary>One of <c>tcp</c>, <c>udp</c>.</summary>
    public string? Protocol { get; init; }

    public string? Name { get; init; }

    /// <summary>One of <c>http</c>, <c>http2</c>, <c>grpc</c>.</summary>
    public string? AppProtocol { get; init; }

    public string? ContainerPortRange { get; init; }
}
