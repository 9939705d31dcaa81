namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>AttachmentProperty</c>.</summary>
public sealed record AttachmentProperty
{
    public string? Name { get; init; }

    public string? Value { get; init; }
}
