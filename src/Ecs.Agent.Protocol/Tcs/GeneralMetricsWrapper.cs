namespace Ecs.Agent.Protocol.Tcs;

/// <summary>The TCS shape <c>GeneralMetricsWrapper</c>.</summary>
public sealed record GeneralMetricsWrapper
{
    public IReadOnlyList<Dimension>? Dimensions { get; init; }

    public IReadOnlyList<GeneralMetric>? GeneralMetrics { get; init; }

    /// <summary>One of <c>1</c>, <c>2</c>.</summary>
    public string? MetricType { get; init; }
}
