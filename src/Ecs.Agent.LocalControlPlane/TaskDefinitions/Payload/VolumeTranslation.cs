using Ecs.Agent.Protocol.Acs;
using Volume = Ecs.Agent.Protocol.EcsApi.Volume;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Payload;

/// <summary>Volumes of the wire. A volume without any kind is a host volume and carries an empty <c>host</c>: the agent insists on
/// it.</summary>
internal static class VolumeTranslation
{
    public static AcsVolume Of(Volume volume) => volume switch
    {
        { DockerVolumeConfiguration: { } docker } => new AcsVolume
        {
            Name = volume.Name,
            Type = "docker",
            DockerVolumeConfiguration = new DockerVolumeConfiguration
            {
                Scope = docker.Scope ?? "task",
                Autoprovision = docker.Autoprovision,
                Driver = docker.Driver ?? "local",
                DriverOpts = docker.DriverOpts,
                Labels = docker.Labels,
            },
        },
        { EfsVolumeConfiguration: { } efs } => new AcsVolume { Name = volume.Name, Type = "efs", EfsVolumeConfiguration = Efs(efs) },
        { FsxWindowsFileServerVolumeConfiguration: { } fsx } => new AcsVolume
        {
            Name = volume.Name,
            Type = "fsxWindowsFileServer",
            FsxWindowsFileServerVolumeConfiguration = Fsx(fsx),
        },
        { S3filesVolumeConfiguration: not null } or { ConfiguredAtLaunch: true } =>
            new AcsVolume { Name = volume.Name, Type = "attachment" },
        _ => new AcsVolume
        {
            Name = volume.Name,
            Type = "host",
            Host = new HostVolumeProperties { SourcePath = volume.Host?.SourcePath },
        },
    };

    /// <summary>The attachment that an S3 Files volume stands for; null for every other volume.</summary>
    public static Attachment? S3FilesAttachment(Volume volume) => volume.S3filesVolumeConfiguration is not { } s3 ? null : new Attachment
    {
        AttachmentType = "s3files",
        AttachmentProperties =
        [
            .. Property("volumeId", LastPart(s3.FileSystemArn)),
            .. Property("volumeName", volume.Name),
            .. Property("s3FilesRootDirectory", s3.RootDirectory),
            .. Property("s3FilesTransitEncryptionPort", s3.TransitEncryptionPort is { } port ? $"{port}" : null),
            .. Property("s3FilesAccessPointId", LastPart(s3.AccessPointArn)),
        ],
    };

    // The agent refuses empty property values, so an absent one is left out.
    private static IEnumerable<AttachmentProperty> Property(string name, string? value) =>
        string.IsNullOrEmpty(value) ? [] : [new AttachmentProperty { Name = name, Value = value }];

    private static string? LastPart(string? arn) => arn?[(arn.LastIndexOf('/') + 1)..];

    private static EFSVolumeConfiguration Efs(Protocol.EcsApi.EFSVolumeConfiguration efs) => new()
    {
        FileSystemId = efs.FileSystemId,
        RootDirectory = efs.RootDirectory,
        TransitEncryption = efs.TransitEncryption,
        TransitEncryptionPort = efs.TransitEncryptionPort,
        AuthorizationConfig = efs.AuthorizationConfig is not { } authorization ? null : new EFSAuthorizationConfig
        {
            AccessPointId = authorization.AccessPointId,
            Iam = authorization.Iam,
        },
    };

    private static FSxWindowsFileServerVolumeConfiguration Fsx(Protocol.EcsApi.FSxWindowsFileServerVolumeConfiguration fsx) => new()
    {
        FileSystemId = fsx.FileSystemId,
        RootDirectory = fsx.RootDirectory,
        AuthorizationConfig = fsx.AuthorizationConfig is not { } authorization ? null : new FSxWindowsFileServerAuthorizationConfig
        {
            CredentialsParameter = authorization.CredentialsParameter,
            Domain = authorization.Domain,
        },
    };
}
