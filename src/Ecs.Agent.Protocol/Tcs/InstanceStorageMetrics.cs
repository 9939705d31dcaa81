namespace Ecs.Agent.Protocol.Tcs;

/// <summary>The TCS shape <c>InstanceStorageMetrics</c>.</summary>
public sealed record InstanceStorageMetrics
{
    public double? DataFilesystem { get; init; }

    public double? RootFilesystem { get; init; }
}
