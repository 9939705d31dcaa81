namespace Ecs.Agent.Protocol.Tcs;

/// <summary>The TCS shape <c>GeneralMetric</c>.</summary>
public sealed record GeneralMetric
{
    public IReadOnlyList<long>? MetricCounts { get; init; }

    public string? MetricName { get; init; }

    public double? MetricValueDouble { get; init; }

    public long? MetricValueLong { get; init; }

    public CWStatsSet? MetricValueStatsSet { get; init; }

    public IReadOnlyList<double>? MetricValues { get; init; }

    public string? Unit { get; init; }
}
