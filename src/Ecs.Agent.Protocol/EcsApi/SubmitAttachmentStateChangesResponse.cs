namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>SubmitAttachmentStateChangesResponse</c>.</summary>
public sealed record SubmitAttachmentStateChangesResponse
{
    public string? Acknowledgment { get; init; }
}
