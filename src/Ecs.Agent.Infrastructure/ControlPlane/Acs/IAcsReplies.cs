namespace Ecs.Agent.Infrastructure.ControlPlane.Acs;

/// <summary>What a handler may say to the control plane. Replies are sent in order, one at a time, without the handler waiting.</summary>
internal interface IAcsReplies
{
    /// <summary>Acknowledges a message.</summary>
    void Ack(string? cluster, string? containerInstance, string? messageId);

    /// <summary>Refuses a message.</summary>
    void Nack(string? cluster, string? containerInstance, string? messageId, string reason);

    void HeartbeatAck(string? messageId);

    /// <summary>Acknowledges credentials that came with a message.</summary>
    void CredentialsAck(string? messageId, string? expiration, string? credentialsId);

    /// <summary>Asks whether these tasks really are to stop.</summary>
    void VerifyStops(string? messageId, IReadOnlyList<Protocol.Acs.TaskIdentifier> candidates);
}
