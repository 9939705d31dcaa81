namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>EBSVolumeConfiguration</c>.</summary>
public sealed record EBSVolumeConfiguration
{
    public bool? DeleteOnTermination { get; init; }

    public string? DeviceName { get; init; }

    public string? FilesystemType { get; init; }

    public string? VolumeId { get; init; }
}
