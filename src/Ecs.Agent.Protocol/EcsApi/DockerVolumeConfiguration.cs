namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>DockerVolumeConfiguration</c>.</summary>
public sealed record DockerVolumeConfiguration
{
    /// <summary>One of <c>task</c>, <c>shared</c>.</summary>
    public string? Scope { get; init; }

    public bool? Autoprovision { get; init; }

    public string? Driver { get; init; }

    public IReadOnlyDictionary<string, string>? DriverOpts { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }
}
