using System.Collections.Immutable;
using System.Globalization;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Domain.Volumes;
using Ecs.Agent.Protocol.Acs;

namespace Ecs.Agent.Infrastructure.ControlPlane.Acs;

/// <summary>Translates one entry of a task's <c>volumes</c>.</summary>
/// <param name="task">The task it belongs to; family and revision go into generated names.</param>
/// <param name="nameSuffix">20 hexadecimal digits, new ones at each call.</param>
/// <param name="settings">How this machine mounts network file systems.</param>
internal sealed class AcsVolumeTranslator(AcsTask task, Func<string> nameSuffix, VolumeSettings settings)
{
    private const string Enabled = "ENABLED";
    private const string S3Files = "s3files";

    /// <summary>The volume, or null when it needs no provisioning because nothing mounts it; and what is wrong, or null.</summary>
    public (TaskVolume? Volume, string? Problem) Translate(AcsVolume volume)
    {
        if (string.IsNullOrEmpty(volume.Name))
        {
            return (null, "invalid Volume; must include a name");
        }

        return volume.Type switch
        {
            null or "" or "host" => Host(volume, volume.Name),
            "docker" => Docker(volume, volume.Name),
            "efs" => Efs(volume, volume.Name),

            // It keeps the task from being prepared, not from being understood.
            "fsxWindowsFileServer" => (null, null),
            "attachment" => (null, $"volumes[{volume.Name}].type: no attachment of the task says what this volume is"),
            var other => (null, $"unrecognized volume type: \"{other}\""),
        };
    }

    /// <summary>Whether an attachment of the task stands for the volume, whose own configuration is incomplete then.</summary>
    public static bool IsAttachment(AcsTask task, AcsVolume volume) => (task.Attachments ?? []).Any(
        attachment => attachment?.AttachmentType is "amazonebs" or S3Files && PropertyOf(attachment, "volumeName") == volume.Name);

    /// <summary>The volumes that attachments stand for, each with what is wrong with it.</summary>
    public IEnumerable<(TaskVolume? Volume, string? Problem)> Attached() =>
        (task.Attachments ?? []).Where(attachment => attachment?.AttachmentType == S3Files).Select(FromS3Files);

    private (TaskVolume? Volume, string? Problem) FromS3Files(Attachment attachment)
    {
        if ((attachment.AttachmentProperties ?? []).FirstOrDefault(property => string.IsNullOrEmpty(property?.Value)) is { } empty)
        {
            return (null, $"attachments: the property {empty.Name} of an attachment of type {S3Files} is empty");
        }

        if (PropertyOf(attachment, "volumeName") is not { } name || PropertyOf(attachment, "volumeId") is not { } id)
        {
            return (null, $"attachments: an attachment of type {S3Files} needs volumeId and volumeName");
        }

        var port = PropertyOf(attachment, "s3FilesTransitEncryptionPort");
        if (port is not null && !ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            return (null, $"attachments: s3FilesTransitEncryptionPort is '{port}' but must be a port");
        }

        var fileSystem = new S3FileSystem
        {
            VolumeId = id,
            RootDirectory = PropertyOf(attachment, "s3FilesRootDirectory") ?? "",
            TransitEncryptionPort = port is null ? 0 : int.Parse(port, CultureInfo.InvariantCulture),
            AccessPointId = PropertyOf(attachment, "s3FilesAccessPointId") ?? "",
        };
        return (Mounted(name, fileSystem.ByPlugin(CredentialsUri)), null);
    }

    private (TaskVolume? Volume, string? Problem) Efs(AcsVolume volume, string name)
    {
        if (volume.EfsVolumeConfiguration is not { } efs)
        {
            return (null, "invalid volume: empty volume configuration");
        }

        if (string.IsNullOrEmpty(efs.FileSystemId))
        {
            return (null, $"volumes[{name}].efsVolumeConfiguration.fileSystemId: must not be empty");
        }

        var fileSystem = new EfsFileSystem
        {
            FileSystemId = efs.FileSystemId,
            RootDirectory = efs.RootDirectory ?? "",
            TransitEncryption = efs.TransitEncryption == Enabled,
            TransitEncryptionPort = efs.TransitEncryptionPort ?? 0,
            Iam = efs.AuthorizationConfig?.Iam == Enabled,
            AccessPointId = efs.AuthorizationConfig?.AccessPointId ?? "",
        };
        var driver = settings.EfsAuthorized
            ? fileSystem.ByPlugin(CredentialsUri)
            : fileSystem.OverNfs(settings.Region, settings.DnsSuffix);
        return (Mounted(name, driver), null);
    }

    private string? CredentialsUri => task.RoleCredentials?.CredentialsId is { Length: > 0 } id ? "/v2/credentials/" + id : null;

    private TaskVolume.TaskScoped Mounted(string name, VolumeDriver driver) =>
        new() { Name = name, DockerName = GenerateName(name), Driver = driver.Name, DriverOptions = driver.Options };

    private static string? PropertyOf(Attachment attachment, string name) =>
        attachment.AttachmentProperties?.FirstOrDefault(property => property?.Name == name)?.Value;

    private (TaskVolume? Volume, string? Problem) Host(AcsVolume volume, string name)
    {
        if (volume.Host is not { } host)
        {
            return (null, "invalid volume: empty volume configuration");
        }

        if (!string.IsNullOrEmpty(host.SourcePath))
        {
            return (new TaskVolume.Host { Name = name, SourcePath = host.SourcePath }, null);
        }

        return IsMounted(name) ? (new TaskVolume.TaskScoped { Name = name, DockerName = GenerateName(name) }, null) : (null, null);
    }

    private (TaskVolume? Volume, string? Problem) Docker(AcsVolume volume, string name)
    {
        if (volume.DockerVolumeConfiguration is not { } docker)
        {
            return (null, "invalid volume: empty volume configuration");
        }

        var driver = string.IsNullOrEmpty(docker.Driver) ? "local" : docker.Driver;
        return docker.Scope switch
        {
            null or "" or "task" when docker.Autoprovision == true =>
                (null, $"volume [{name}] : task scoped volume could not be autoprovisioned"),
            null or "" or "task" => (
                new TaskVolume.TaskScoped
                {
                    Name = name,
                    DockerName = GenerateName(name),
                    Driver = driver,
                    DriverOptions = Sorted(docker.DriverOpts),
                    Labels = Sorted(docker.Labels),
                },
                null),
            "shared" => (
                new TaskVolume.Shared
                {
                    Name = name,
                    Autoprovision = docker.Autoprovision == true,
                    Driver = driver,
                    DriverOptions = Sorted(docker.DriverOpts),
                    Labels = Sorted(docker.Labels),
                },
                null),
            var other => (null, $"volumes[{name}].dockerVolumeConfiguration.scope: '{other}' is neither task nor shared"),
        };
    }

    private bool IsMounted(string volume) =>
        (task.Containers ?? []).Any(container => container?.MountPoints?.Any(mount => mount?.SourceVolume == volume) == true);

    private string GenerateName(string volume) => $"ecs-{task.Family}-{task.Version}-{volume}-{nameSuffix()}";

    private static ImmutableSortedDictionary<string, string> Sorted(IReadOnlyDictionary<string, string>? map) =>
        ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, map ?? ImmutableDictionary<string, string>.Empty);
}
