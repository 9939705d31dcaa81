namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>Volume</c>.</summary>
public sealed record Volume
{
    public string? Name { get; init; }

    public HostVolumeProperties? Host { get; init; }

    public DockerVolumeConfiguration? DockerVolumeConfiguration { get; init; }

    public EFSVolumeConfiguration? EfsVolumeConfiguration { get; init; }

    public S3FilesVolumeConfiguration? S3filesVolumeConfiguration { get; init; }

    public FSxWindowsFileServerVolumeConfiguration? FsxWindowsFileServerVolumeConfiguration { get; init; }

    public bool? ConfiguredAtLaunch { get; init; }
}
