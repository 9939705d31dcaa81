namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>DiscoverPollEndpointRequest</c>.</summary>
public sealed record DiscoverPollEndpointRequest
{
    public string? ContainerInstance { get; init; }

    public string? Cluster { get; init; }

    /// <summary>Sent by agents only; the public model lacks it.</summary>
    public string? ZoneId { get; init; }
}
