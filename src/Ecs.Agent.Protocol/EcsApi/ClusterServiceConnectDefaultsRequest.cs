namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>ClusterServiceConnectDefaultsRequest</c>.</summary>
public sealed record ClusterServiceConnectDefaultsRequest
{
    /// <summary>Required.</summary>
    public string? Namespace { get; init; }
}
