namespace Ecs.Agent.Protocol.Acs;

/// <summary>The ACS shape <c>Volume</c>.</summary>
public sealed record AcsVolume
{
    public DockerVolumeConfiguration? DockerVolumeConfiguration { get; init; }

    public EBSVolumeConfiguration? EbsVolumeConfiguration { get; init; }

    public EFSVolumeConfiguration? EfsVolumeConfiguration { get; init; }

    public FSxWindowsFileServerVolumeConfiguration? FsxWindowsFileServerVolumeConfiguration { get; init; }

    public HostVolumeProperties? Host { get; init; }

    public LogDriverVolumeConfiguration? LogDriverVolumeConfiguration { get; init; }

    public string? Name { get; init; }

    /// <summary>One of <c>host</c>, <c>docker</c>, <c>efs</c>, <c>fsxWindowsFileServer</c>, <c>ebs</c>, <c>logDriverOutput</c>.</summary>
    public string? Type { get; init; }
}
