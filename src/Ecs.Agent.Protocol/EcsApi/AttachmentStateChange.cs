namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>AttachmentStateChange</c>.</summary>
public sealed record AttachmentStateChange
{
    /// <summary>Required.</summary>
    public string? AttachmentArn { get; init; }

    /// <summary>Required.</summary>
    public string? Status { get; init; }
}
