namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>Attachment</c>.</summary>
public sealed record Attachment
{
    public string? AttachmentArn { get; init; }

    public IReadOnlyList<AttachmentProperty>? AttachmentProperties { get; init; }

    public string? AttachmentType { get; init; }
}
