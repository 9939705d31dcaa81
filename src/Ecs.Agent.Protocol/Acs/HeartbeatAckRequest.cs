namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>HeartbeatAckRequest</c>.</summary>
public sealed record HeartbeatAckRequest
{
    public string? MessageId { get; init; }
}
