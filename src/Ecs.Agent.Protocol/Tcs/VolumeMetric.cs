namespace Ecs.Agent.Protocol.Tcs;

/// <summary>The TCS shape <c>VolumeMetric</c>.</summary>
public sealed record VolumeMetric
{
    public UDoubleCWStatsSet? Size { get; init; }

    public UDoubleCWStatsSet? Utilized { get; init; }

    public string? VolumeId { get; init; }

    public string? VolumeName { get; init; }
}
