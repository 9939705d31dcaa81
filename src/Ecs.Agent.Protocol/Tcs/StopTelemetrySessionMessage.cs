namespace Ecs.Agent.Protocol.Tcs;

/// <summary>The TCS shape <c>StopTelemetrySessionMessage</c>.</summary>
public sealed record StopTelemetrySessionMessage
{
    public string? Message { get; init; }
}
