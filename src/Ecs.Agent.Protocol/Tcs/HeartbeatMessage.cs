namespace Ecs.Agent.Protocol.Tcs;

/// <summary>The TCS shape <c>HeartbeatMessage</c>.</summary>
public sealed record HeartbeatMessage
{
    public bool? Healthy { get; init; }
}
