namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>ConfirmAttachmentMessage</c>.</summary>
public sealed record ConfirmAttachmentMessage
{
    public Attachment? Attachment { get; init; }

    public string? ClusterArn { get; init; }

    public string? ContainerInstanceArn { get; init; }

    public long? GeneratedAt { get; init; }

    public string? MessageId { get; init; }

    public string? TaskArn { get; init; }

    public string? TaskClusterArn { get; init; }

    public long? WaitTimeoutMs { get; init; }
}
