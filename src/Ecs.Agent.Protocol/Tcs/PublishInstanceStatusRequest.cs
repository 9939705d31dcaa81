namespace Ecs.Agent.Protocol.Tcs;

/// <summary>The TCS shape <c>PublishInstanceStatusRequest</c>.</summary>
public sealed record PublishInstanceStatusRequest
{
    public InstanceStatusMetadata? Metadata { get; init; }

    public IReadOnlyList<InstanceStatus>? Statuses { get; init; }

    public DateTimeOffset? Timestamp { get; init; }
}
