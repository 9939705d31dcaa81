namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>ClusterSetting</c>.</summary>
public sealed record ClusterSetting
{
    /// <summary>One of <c>containerInsights</c>.</summary>
    public string? Name { get; init; }

    public string? Value { get; init; }
}
