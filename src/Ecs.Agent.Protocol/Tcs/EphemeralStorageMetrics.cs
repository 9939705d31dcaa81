namespace Ecs.Agent.Protocol.Tcs;

/// <summary>The TCS shape <c>EphemeralStorageMetrics</c>.</summary>
public sealed record EphemeralStorageMetrics
{
    public ULongStatsSet? BytesUtilized { get; init; }
}
