namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>HostVolumeProperties</c>.</summary>
public sealed record HostVolumeProperties
{
    public string? SourcePath { get; init; }
}
