namespace Ecs.Agent.Protocol.Tcs;

/// <summary>The TCS shape <c>StartTelemetrySessionRequest</c>.</summary>
public sealed record StartTelemetrySessionRequest
{
    public string? Cluster { get; init; }

    public string? ContainerInstance { get; init; }
}
