namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>HeartbeatMessage</c>.</summary>
public sealed record HeartbeatMessage
{
    public bool? Healthy { get; init; }

    public string? MessageId { get; init; }
}
