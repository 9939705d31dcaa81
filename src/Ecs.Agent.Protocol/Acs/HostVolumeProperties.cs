namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>HostVolumeProperties</c>.</summary>
public sealed record HostVolumeProperties
{
    public string? SourcePath { get; init; }
}
