namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>ClusterConfiguration</c>.</summary>
public sealed record ClusterConfiguration
{
    public ExecuteCommandConfiguration? ExecuteCommandConfiguration { get; init; }

    public ManagedStorageConfiguration? ManagedStorageConfiguration { get; init; }
}
