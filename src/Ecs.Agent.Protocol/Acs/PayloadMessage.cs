namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>PayloadMessage</c>.</summary>
public sealed record PayloadMessage
{
    public string? ClusterArn { get; init; }

    public string? ContainerInstanceArn { get; init; }

    public long? GeneratedAt { get; init; }

    public string? MessageId { get; init; }

    public int? SeqNum { get; init; }

    public IReadOnlyList<AcsTask>? Tasks { get; init; }

    public long? Timeline { get; init; }
}
