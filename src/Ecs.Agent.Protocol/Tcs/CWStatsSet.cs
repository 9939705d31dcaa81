namespace Ecs.Agent.Protocol.Tcs;

/// <summary>The TCS shape <c>CWStatsSet</c>.</summary>
public sealed record CWStatsSet
{
    public double? Max { get; init; }

    public double? Min { get; init; }

    public int? SampleCount { get; init; }

    public double? Sum { get; init; }
}
