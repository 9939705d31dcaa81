using Ecs.Agent.Infrastructure.ControlPlane.Acs;
using Ecs.Agent.Protocol.Acs;

namespace Ecs.Agent.Infrastructure.Tests.ControlPlane.Acs;

/// <summary>Records what a handler says.</summary>
internal sealed class RecordingReplies : IAcsReplies
{
    public List<string> Said { get; } = [];

    public void Ack(string? cluster, string? containerInstance, string? messageId) =>
        Said.Add($"ack {cluster} {containerInstance} {messageId}");

    public void Nack(string? cluster, string? containerInstance, string? messageId, string reason) =>
        Said.Add($"nack {cluster} {containerInstance} {messageId}: {reason}");

    public void HeartbeatAck(string? messageId) => Said.Add($"heartbeat {messageId}");

    public void CredentialsAck(string? messageId, string? expiration, string? credentialsId) =>
        Said.Add($"credentials {messageId} {expiration} {credentialsId}");

    public void VerifyStops(string? messageId, IReadOnlyList<TaskIdentifier> candidates) =>
        Said.Add($"verify {messageId}: " + string.Join(
            ", ", candidates.Select(task => $"{task.TaskArn} {task.DesiredStatus} {task.TaskClusterArn}")));
}
