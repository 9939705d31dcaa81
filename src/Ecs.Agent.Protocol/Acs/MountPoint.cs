namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>MountPoint</c>.</summary>
public sealed record MountPoint
{
    public string? ContainerPath { get; init; }

    public bool? ReadOnly { get; init; }

    public string? SourceVolume { get; init; }
}
