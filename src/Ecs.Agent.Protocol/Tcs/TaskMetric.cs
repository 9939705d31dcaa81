namespace Ecs.Agent.Protocol.Tcs;

/// <summary>The TCS shape <c>TaskMetric</c>.</summary>
public sealed record TaskMetric
{
    public string? ClusterArn { get; init; }

    public IReadOnlyList<ContainerMetric>? ContainerMetrics { get; init; }

    public EphemeralStorageMetrics? EphemeralStorageMetrics { get; init; }

    public IReadOnlyList<GeneralMetricsWrapper>? ServiceConnectMetricsWrapper { get; init; }

    public string? TaskArn { get; init; }

    public string? TaskDefinitionFamily { get; init; }

    public string? TaskDefinitionVersion { get; init; }

    public IReadOnlyList<VolumeMetric>? VolumeMetrics { get; init; }
}
