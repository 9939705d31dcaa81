namespace Ecs.Agent.Protocol.Tcs;

/// <summary>The TCS shape <c>RestartStatsSet</c>.</summary>
public sealed record RestartStatsSet
{
    public int? RestartCount { get; init; }
}
