namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>DockerConfig</c>.</summary>
public sealed record DockerConfig
{
    public string? Config { get; init; }

    public string? HostConfig { get; init; }

    public string? Version { get; init; }

    /// <summary>Never the values: they may be secrets.</summary>
    public override string ToString() => $"DockerConfig {{ Version = {Version} }}";
}
