namespace Ecs.Agent.Domain.Volumes;

/// <summary>A file system of Amazon S3 Files, as an attachment of a task names it. It is always encrypted and opened by the task's role.</summary>
public sealed record S3FileSystem
{
    public required string VolumeId { get; init; }

    /// <summary>The directory that becomes the root of the volume; empty is the file system's own root.</summary>
    public string RootDirectory { get; init; } = "";

    /// <summary>The port on this machine for the encryption; 0 lets the plugin choose.</summary>
    public int TransitEncryptionPort { get; init; }

    /// <summary>Empty without an access point.</summary>
    public string AccessPointId { get; init; } = "";

    /// <summary>The mount by the plugin of Amazon ECS.</summary>
    /// <param name="credentialsUri">Where the credentials of the task's role are, <c>/v2/credentials/id</c>; null without a role.</param>
    public VolumeDriver ByPlugin(string? credentialsUri)
    {
        var mount = new EfsFileSystem
        {
            FileSystemId = VolumeId,
            RootDirectory = RootDirectory,
            TransitEncryption = true,
            TransitEncryptionPort = TransitEncryptionPort,
            Iam = true,
            AccessPointId = AccessPointId,
        }.ByPlugin(credentialsUri);
        return mount with { Options = mount.Options.SetItem("type", "s3files") };
    }
}
