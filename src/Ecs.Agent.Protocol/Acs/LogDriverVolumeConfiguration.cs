namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>LogDriverVolumeConfiguration</c>.</summary>
public sealed record LogDriverVolumeConfiguration
{
    public string? Driver { get; init; }
}
