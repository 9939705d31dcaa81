namespace Ecs.Agent.Protocol.Tcs;

/// <summary>The TCS shape <c>StorageStatsSet</c>.</summary>
public sealed record StorageStatsSet
{
    public ULongStatsSet? ReadSizeBytes { get; init; }

    public ULongStatsSet? WriteSizeBytes { get; init; }
}
