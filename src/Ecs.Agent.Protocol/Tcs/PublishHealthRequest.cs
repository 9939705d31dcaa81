namespace Ecs.Agent.Protocol.Tcs;

/// <summary>The TCS shape <c>PublishHealthRequest</c>.</summary>
public sealed record PublishHealthRequest
{
    public HealthMetadata? Metadata { get; init; }

    public IReadOnlyList<TaskHealth>? Tasks { get; init; }

    public DateTimeOffset? Timestamp { get; init; }
}
