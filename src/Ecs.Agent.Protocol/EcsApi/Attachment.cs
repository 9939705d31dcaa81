namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>Attachment</c>.</summary>
public sealed record Attachment
{
    public string? Id { get; init; }

    public string? Type { get; init; }

    public string? Status { get; init; }

    public IReadOnlyList<NameValuePair>? Details { get; init; }
}
