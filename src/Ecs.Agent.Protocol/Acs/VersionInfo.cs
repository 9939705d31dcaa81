namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>VersionInfo</c>.</summary>
public sealed record VersionInfo
{
    public string? AgentHash { get; init; }

    public string? AgentVersion { get; init; }

    public string? DockerVersion { get; init; }
}
