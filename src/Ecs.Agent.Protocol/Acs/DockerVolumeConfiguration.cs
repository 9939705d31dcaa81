namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>DockerVolumeConfiguration</c>.</summary>
public sealed record DockerVolumeConfiguration
{
    public bool? Autoprovision { get; init; }

    public string? Driver { get; init; }

    public IReadOnlyDictionary<string, string>? DriverOpts { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>One of <c>task</c>, <c>shared</c>.</summary>
    public string? Scope { get; init; }
}
