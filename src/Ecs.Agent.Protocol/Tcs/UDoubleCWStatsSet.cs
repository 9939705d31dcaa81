namespace Ecs.Agent.Protocol.Tcs;

/// <summary>The TCS shape <c>UDoubleCWStatsSet</c>.</summary>
public sealed record UDoubleCWStatsSet
{
    /// <summary>Required.</summary>
    public double? Max { get; init; }

    /// <summary>Required.</summary>
    public double? Min { get; init; }

    /// <summary>Required.</summary>
    public int? SampleCount { get; init; }

    /// <summary>Required.</summary>
    public double? Sum { get; init; }
}
