using System.Threading.Channels;
using Ecs.Agent.Protocol.Acs;

namespace Ecs.Agent.Infrastructure.ControlPlane.Acs;

/// <summary>Puts replies into the queue of one connection.</summary>
internal sealed class AcsReplies(ChannelWriter<byte[]> outgoing) : IAcsReplies
{
    private static readonly AcsJsonContext Json = AcsJsonContext.Default;

    public void Ack(string? cluster, string? containerInstance, string? messageId) => Send(AcsFrames.Encode(
        "AckRequest",
        new AckRequest { Cluster = cluster, ContainerInstance = containerInstance, MessageId = messageId },
        Json.AckRequest));

    public void Nack(string? cluster, string? containerInstance, string? messageId, string reason) => Send(AcsFrames.Encode(
        "NackRequest",
        new NackRequest { Cluster = cluster, ContainerInstance = containerInstance, MessageId = messageId, Reason = reason },
        Json.NackRequest));

    public void HeartbeatAck(string? messageId) => Send(AcsFrames.Encode(
        "HeartbeatAckRequest", new HeartbeatAckRequest { MessageId = messageId }, Json.HeartbeatAckRequest));

    public void CredentialsAck(string? messageId, string? expiration, string? credentialsId) => Send(AcsFrames.Encode(
        "IAMRoleCredentialsAckRequest",
        new IAMRoleCredentialsAckRequest { MessageId = messageId, Expiration = expiration, CredentialsId = credentialsId },
        Json.IAMRoleCredentialsAckRequest));

    public void VerifyStops(string? messageId, IReadOnlyList<TaskIdentifier> candidates) => Send(AcsFrames.Encode(
        "TaskStopVerificationMessage",
        new TaskStopVerificationMessage { MessageId = messageId, StopCandidates = candidates },
        Json.TaskStopVerificationMessage));

    // The queue is unbounded and closed only after the last handler has returned; a reply to a dead connection is of no use anyway.
    private void Send(byte[] frame) => outgoing.TryWrite(frame);
}
