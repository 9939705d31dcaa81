namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>ClusterServiceConnectDefaults</c>.</summary>
public sealed record ClusterServiceConnectDefaults
{
    public string? Namespace { get; init; }
}
