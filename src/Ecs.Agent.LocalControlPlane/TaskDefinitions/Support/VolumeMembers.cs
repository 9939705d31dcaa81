using System.Collections.Immutable;
using static Ecs.Agent.LocalControlPlane.TaskDefinitions.Support.SupportRows;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Support;

/// <summary>The members of <c>volumes</c>.</summary>
internal static class VolumeMembers
{
    private const string RefusedLocally = "refused: `No AWS account here: … cannot be reached`";

    public static readonly ImmutableArray<MemberSupport> Rows =
    [
        .. Under("volumes[].",
        [
            Honoured("name", "`name`: what mount points refer to; part of the Docker volume's name"),
            Honoured("host", "`host`, type `host`: without `sourcePath` a Docker volume of the task, `ecs-<family>-<revision>-<name>-<hex>`"),
            Honoured("host.sourcePath", "`host.sourcePath`: left side of `HostConfig.Binds`"),
            Honoured("dockerVolumeConfiguration", "`dockerVolumeConfiguration`, type `docker`: a volume of `POST /volumes/create`"),
            Honoured("dockerVolumeConfiguration.scope",
                "`task`: a generated name, removed with the task; `shared`: the volume's own name, never removed"),
            Honoured("dockerVolumeConfiguration.autoprovision", "whether a `shared` volume is created when there is none"),
            Honoured("dockerVolumeConfiguration.driver", "`Driver`; placed only where `ecs.capability.docker-plugin.<driver>` is registered"),
            Honoured("dockerVolumeConfiguration.driverOpts", "`DriverOpts`"),
            Honoured("dockerVolumeConfiguration.labels", "`Labels`"),
            Honoured("efsVolumeConfiguration",
                "`efsVolumeConfiguration`, type `efs`: a Docker volume of driver `local` over NFS, or of `amazon-ecs-volume-plugin`",
                RefusedLocally),
            Honoured("efsVolumeConfiguration.fileSystemId", "`o=addr=<id>.efs.<region>…`; with the plugin `device`", RefusedLocally),
            Honoured("efsVolumeConfiguration.rootDirectory", "`device`", RefusedLocally),
            Honoured("efsVolumeConfiguration.transitEncryption", "with the plugin: `o=tls`; without it not placed (`efsAuth`)", RefusedLocally),
            Honoured("efsVolumeConfiguration.transitEncryptionPort", "with the plugin: `o=tlsport=<port>`", RefusedLocally),
            Honoured("efsVolumeConfiguration.authorizationConfig", "with the plugin only, as its members", RefusedLocally),
            Honoured("efsVolumeConfiguration.authorizationConfig.accessPointId", "with the plugin: `o=accesspoint=<id>`", RefusedLocally),
            Honoured("efsVolumeConfiguration.authorizationConfig.iam", "with the plugin: `o=iam,awscredsuri=…`", RefusedLocally),
            Honoured("s3filesVolumeConfiguration",
                "an attachment of type `s3files`: a Docker volume of `amazon-ecs-volume-plugin`, always with `o=tls,iam`", RefusedLocally),
            Honoured("s3filesVolumeConfiguration.fileSystemArn", "`volumeId` of the attachment: `device`", RefusedLocally),
            Honoured("s3filesVolumeConfiguration.rootDirectory", "`s3FilesRootDirectory` of the attachment: `device`", RefusedLocally),
            Honoured("s3filesVolumeConfiguration.transitEncryptionPort", "`s3FilesTransitEncryptionPort` of the attachment: `o=tlsport=<port>`",
                RefusedLocally),
            Honoured("s3filesVolumeConfiguration.accessPointArn", "`s3FilesAccessPointId` of the attachment: `o=accesspoint=<id>`",
                RefusedLocally),
            .. Refused("`task with FSx for Windows File Server volumes is only supported on Windows container instance`", RefusedLocally,
                "fsxWindowsFileServerVolumeConfiguration", "fsxWindowsFileServerVolumeConfiguration.fileSystemId",
                "fsxWindowsFileServerVolumeConfiguration.rootDirectory", "fsxWindowsFileServerVolumeConfiguration.authorizationConfig",
                "fsxWindowsFileServerVolumeConfiguration.authorizationConfig.credentialsParameter",
                "fsxWindowsFileServerVolumeConfiguration.authorizationConfig.domain"),
            .. Refused("`attachments: this agent does not support attachments of type amazonebs`",
                "an empty volume on the disk of this machine stands in", "configuredAtLaunch"),
        ]),
    ];
}
