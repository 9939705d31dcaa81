namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>MountPoint</c>.</summary>
public sealed record MountPoint
{
    public string? SourceVolume { get; init; }

    public string? ContainerPath { get; init; }

    public bool? ReadOnly { get; init; }
}
