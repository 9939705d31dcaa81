namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>SubmitAttachmentStateChangesRequest</c>.</summary>
public sealed record SubmitAttachmentStateChangesRequest
{
    public string? Cluster { get; init; }

    /// <summary>Required.</summary>
    public IReadOnlyList<AttachmentStateChange>? Attachments { get; init; }
}
