namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>DiscoverPollEndpointResponse</c>.</summary>
public sealed record DiscoverPollEndpointResponse
{
    public string? Endpoint { get; init; }

    public string? TelemetryEndpoint { get; init; }

    public string? ServiceConnectEndpoint { get; init; }

    /// <summary>Sent by agents only; the public model lacks it.</summary>
    public string? SystemLogsEndpoint { get; init; }
}
