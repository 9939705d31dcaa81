namespace Ecs.Agent.Domain.Volumes;

/// <summary>A file system of Amazon EFS, as a task's <c>efsVolumeConfiguration</c> names it.</summary>
public sealed record EfsFileSystem
{
    private const string NfsOptions = "nfsvers=4.1,rsize=1048576,wsize=1048576,hard,timeo=600,retrans=2,noresvport";

    public required string FileSystemId { get; init; }

    /// <summary>The directory that becomes the root of the volume; empty is the file system's own root, or the access point's.</summary>
    public string RootDirectory { get; init; } = "";

    public bool TransitEncryption { get; init; }

    /// <summary>The port on this machine for it; 0 lets the plugin choose.</summary>
    public int TransitEncryptionPort { get; init; }

    /// <summary>Whether the task's role is what opens the file system.</summary>
    public bool Iam { get; init; }

    /// <summary>Empty without an access point.</summary>
    public string AccessPointId { get; init; } = "";

    /// <summary>
    /// The mount by Docker's own driver, over plain NFS. Encryption, role and access point are beyond it; a control plane places tasks that
    /// have them only where the plugin is.
    /// </summary>
    /// <param name="region">Of this machine, and so of the file system.</param>
    /// <param name="dnsSuffix">Of the region: <c>amazonaws.com</c> in most.</param>
    public VolumeDriver OverNfs(string region, string dnsSuffix) => VolumeDriver.Local(
        "nfs",
        ":" + (RootDirectory.Length > 0 ? RootDirectory : "/"),
        $"addr={FileSystemId}.efs.{region}.{dnsSuffix},{NfsOptions}");

    /// <summary>The mount by the plugin of Amazon ECS.</summary>
    /// <param name="credentialsUri">Where the credentials of the task's role are, <c>/v2/credentials/id</c>; null without a role.</param>
    public VolumeDriver ByPlugin(string? credentialsUri) => VolumeDriver.Plugin(
        "efs",
        RootDirectory.Length > 0 ? $"{FileSystemId}:{RootDirectory}" : FileSystemId,
        [
            .. Option("tls", TransitEncryption),
            .. Option($"tlsport={TransitEncryptionPort}", TransitEncryptionPort > 0),
            .. Option("iam", Iam),
            .. Option($"awscredsuri={credentialsUri}", Iam && credentialsUri is not null),
            .. Option($"accesspoint={AccessPointId}", AccessPointId.Length > 0),
        ]);

    private static IEnumerable<string> Option(string option, bool wanted) => wanted ? [option] : [];
}
