using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Validation;

/// <summary>The volumes of the task.</summary>
internal static class VolumeRules
{
    private const int MostPort = 65535;

    public static void Check(DefinitionRules rules)
    {
        foreach (var (index, volume) in rules.Volumes.Index())
        {
            CheckName(rules, volume, index);
            CheckKind(rules, volume, index);
            CheckDocker(rules, volume, index);
            CheckEfs(rules, volume, index);
            CheckS3Files(rules, volume, index);
            CheckFsx(rules, volume, index);
        }
    }

    private static void CheckName(DefinitionRules rules, Volume volume, int index)
    {
        var path = JsonPath.Volume(index, "name");
        if (string.IsNullOrEmpty(volume.Name))
        {
            rules.Add(path, "Volume.name should not be null or empty.");
        }
        else if (!NamePattern.Matches(volume.Name))
        {
            rules.Add(path, $"Volume.name contains invalid characters. Found '{volume.Name}'. {NamePattern.Rule}");
        }
        else if (rules.Volumes.Take(index).Any(v => v.Name == volume.Name))
        {
            rules.Add(path, $"Duplicate volume name '{volume.Name}'. Volume names must be unique within a task definition.");
        }
    }

    private static void CheckKind(DefinitionRules rules, Volume volume, int index)
    {
        List<string> kinds =
        [
            .. volume.Host?.SourcePath is not null ? ["host.sourcePath"] : Array.Empty<string>(),
            .. volume.DockerVolumeConfiguration is not null ? ["dockerVolumeConfiguration"] : Array.Empty<string>(),
            .. volume.EfsVolumeConfiguration is not null ? ["efsVolumeConfiguration"] : Array.Empty<string>(),
            .. volume.S3filesVolumeConfiguration is not null ? ["s3filesVolumeConfiguration"] : Array.Empty<string>(),
            .. volume.FsxWindowsFileServerVolumeConfiguration is not null ? ["fsxWindowsFileServerVolumeConfiguration"]
                : Array.Empty<string>(),
            .. volume.ConfiguredAtLaunch == true ? ["configuredAtLaunch"] : Array.Empty<string>(),
        ];
        if (kinds.Count > 1)
        {
            rules.Add(JsonPath.Volume(index), $"A volume can be of one kind only. Found {string.Join(" and ", kinds)}.");
        }
    }

    private static void CheckDocker(DefinitionRules rules, Volume volume, int index)
    {
        if (volume.DockerVolumeConfiguration is { Autoprovision: true, Scope: not "shared" })
        {
            rules.Add(JsonPath.Volume(index, "dockerVolumeConfiguration.autoprovision"),
                "Docker volume can be autoprovisioned only when its scope is 'shared'.");
        }
    }

    private static void CheckEfs(DefinitionRules rules, Volume volume, int index)
    {
        if (volume.EfsVolumeConfiguration is not { } efs)
        {
            return;
        }

        var path = JsonPath.Volume(index, "efsVolumeConfiguration");
        rules.NotEmpty($"{path}.fileSystemId", efs.FileSystemId, "EFSVolumeConfiguration.fileSystemId");
        rules.Range($"{path}.transitEncryptionPort", efs.TransitEncryptionPort, 0, MostPort);
        var usesAccessPoint = !string.IsNullOrEmpty(efs.AuthorizationConfig?.AccessPointId);
        if (efs.TransitEncryption != "ENABLED" && (efs.AuthorizationConfig?.Iam == "ENABLED" || usesAccessPoint))
        {
            rules.Add($"{path}.transitEncryption",
                "EFS transit encryption must be ENABLED when an access point or IAM authorization is used"
                + $" ({(usesAccessPoint ? "authorizationConfig.accessPointId" : "authorizationConfig.iam")} is given).");
        }

        if (efs.TransitEncryptionPort > 0 && efs.TransitEncryption != "ENABLED")
        {
            rules.Add($"{path}.transitEncryptionPort", "EFS transit encryption port can be set only when transitEncryption is ENABLED.");
        }

        CheckRootDirectory(rules, $"{path}.rootDirectory", efs.RootDirectory, usesAccessPoint, "EFS rootDirectory",
            "authorizationConfig.accessPointId");
    }

    private static void CheckS3Files(DefinitionRules rules, Volume volume, int index)
    {
        if (volume.S3filesVolumeConfiguration is not { } s3)
        {
            return;
        }

        var path = JsonPath.Volume(index, "s3filesVolumeConfiguration");
        rules.NotEmpty($"{path}.fileSystemArn", s3.FileSystemArn, "S3FilesVolumeConfiguration.fileSystemArn");
        rules.Range($"{path}.transitEncryptionPort", s3.TransitEncryptionPort, 0, MostPort);
        CheckRootDirectory(rules, $"{path}.rootDirectory", s3.RootDirectory, !string.IsNullOrEmpty(s3.AccessPointArn),
            "S3 Files rootDirectory",
            "accessPointArn");
    }

    private static void CheckRootDirectory(
        DefinitionRules rules, string path, string? directory, bool usesAccessPoint, string what, string accessPoint)
    {
        if (usesAccessPoint && !string.IsNullOrEmpty(directory) && directory != "/")
        {
            rules.Add(path, $"{what} must be omitted or '/' when {accessPoint} is given. Found '{directory}'.");
        }
    }

    private static void CheckFsx(DefinitionRules rules, Volume volume, int index)
    {
        if (volume.FsxWindowsFileServerVolumeConfiguration is not { } fsx)
        {
            return;
        }

        var path = JsonPath.Volume(index, "fsxWindowsFileServerVolumeConfiguration");
        rules.NotEmpty($"{path}.fileSystemId", fsx.FileSystemId, "FSxWindowsFileServerVolumeConfiguration.fileSystemId");
        rules.NotEmpty($"{path}.rootDirectory", fsx.RootDirectory, "FSxWindowsFileServerVolumeConfiguration.rootDirectory");
        rules.NotEmpty($"{path}.authorizationConfig.credentialsParameter", fsx.AuthorizationConfig?.CredentialsParameter,
            "FSxWindowsFileServerAuthorizationConfig.credentialsParameter");
        rules.NotEmpty($"{path}.authorizationConfig.domain", fsx.AuthorizationConfig?.Domain,
            "FSxWindowsFileServerAuthorizationConfig.domain");
    }
}
