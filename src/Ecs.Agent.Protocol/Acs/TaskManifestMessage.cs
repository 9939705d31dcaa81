namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>TaskManifestMessage</c>.</summary>
public sealed record TaskManifestMessage
{
    public string? ClusterArn { get; init; }

    public string? ContainerInstanceArn { get; init; }

    public long? GeneratedAt { get; init; }

    public string? MessageId { get; init; }

    public IReadOnlyList<TaskIdentifier>? Tasks { get; init; }

    public long? Timeline { get; init; }
}
