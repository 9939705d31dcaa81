namespace Ecs.Agent.Protocol.Tcs;

/// <summary>The TCS shape <c>ULongStatsSet</c>.</summary>
public sealed record ULongStatsSet
{
    /// <summary>Required.</summary>
    public long? Max { get; init; }

    /// <summary>Required.</summary>
    public long? Min { get; init; }

    public long? OverflowMax { get; init; }

    public long? OverflowMin { get; init; }

    public long? OverflowSum { get; init; }

    /// <summary>Required.</summary>
    public long? SampleCount { get; init; }

    /// <summary>Required.</summary>
    public long? Sum { get; init; }
}
