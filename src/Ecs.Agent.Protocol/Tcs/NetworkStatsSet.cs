namespace Ecs.Agent.Protocol.Tcs;

/// <summary>The TCS shape <c>NetworkStatsSet</c>.</summary>
public sealed record NetworkStatsSet
{
    public ULongStatsSet? RxBytes { get; init; }

    public UDoubleCWStatsSet? RxBytesPerSecond { get; init; }

    public ULongStatsSet? RxDropped { get; init; }

    public ULongStatsSet? RxErrors { get; init; }

    public ULongStatsSet? RxPackets { get; init; }

    public ULongStatsSet? TxBytes { get; init; }

    public UDoubleCWStatsSet? TxBytesPerSecond { get; init; }

    public ULongStatsSet? TxDropped { get; init; }

    public ULongStatsSet? TxErrors { get; init; }

    public ULongStatsSet? TxPackets { get; init; }
}
