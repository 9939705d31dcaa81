namespace Ecs.Agent.Protocol.Tcs;

/// <summary>The TCS shape <c>InstanceMetrics</c>.</summary>
public sealed record InstanceMetrics
{
    public IReadOnlyList<GeneralMetricsWrapper>? GeneralMetricsPayload { get; init; }

    public InstanceStorageMetrics? Storage { get; init; }
}
