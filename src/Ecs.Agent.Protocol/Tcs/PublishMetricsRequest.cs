namespace Ecs.Agent.Protocol.Tcs;

/// <summary>The TCS shape <c>PublishMetricsRequest</c>.</summary>
public sealed record PublishMetricsRequest
{
    public InstanceMetrics? InstanceMetrics { get; init; }

    public MetricsMetadata? Metadata { get; init; }

    public IReadOnlyList<TaskMetric>? TaskMetrics { get; init; }

    public DateTimeOffset? Timestamp { get; init; }
}
