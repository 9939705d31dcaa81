namespace Ecs.Agent.Protocol.Tcs;

/// <summary>The TCS shape <c>ContainerMetric</c>.</summary>
public sealed record ContainerMetric
{
    public string? ContainerArn { get; init; }

    public string? ContainerName { get; init; }

    public CWStatsSet? CpuStatsSet { get; init; }

    public IReadOnlyList<GeneralMetricsWrapper>? GeneralMetricsPayload { get; init; }

    public CWStatsSet? MemoryStatsSet { get; init; }

    public NetworkStatsSet? NetworkStatsSet { get; init; }

    public RestartStatsSet? RestartStatsSet { get; init; }

    public StorageStatsSet? StorageStatsSet { get; init; }
}
