namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>VersionInfo</c>.</summary>
public sealed record VersionInfo
{
    public string? AgentVersion { get; init; }

    public string? AgentHash { get; init; }

    public string? DockerVersion { get; init; }
}
