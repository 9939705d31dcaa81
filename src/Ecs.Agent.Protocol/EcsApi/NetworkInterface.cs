namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>NetworkInterface</c>.</summary>
public sealed record NetworkInterface
{
    public string? AttachmentId { get; init; }

    public string? PrivateIpv4Address { get; init; }

    public string? Ipv6Address { get; init; }
}
