using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Adaptation;

/// <summary>
/// What a program asks of AWS and could not do its work without: its secrets, its environment files, its shared files. No local
/// equivalent would be the same, and no role is assumed here that an agent could fetch them with, so the task is refused before anything
/// is started: it would only wait for credentials that never come.
/// </summary>
internal static class AccountNeeds
{
    public static IEnumerable<DefinitionProblem> Of(TaskDefinition definition) =>
    [
        .. (definition.ContainerDefinitions ?? []).SelectMany(OfContainer),
        .. (definition.Volumes ?? []).SelectMany(OfVolume),
    ];

    private static IEnumerable<DefinitionProblem> OfContainer(ContainerDefinition container, int index)
    {
        if (container.Secrets is { Count: > 0 })
        {
            yield return new DefinitionProblem(JsonPath.Container(index, "secrets"),
                $"No AWS account here to fetch the secrets of '{container.Name}' from; for a local run, put values into its environment.");
        }

        if (container.LogConfiguration?.SecretOptions is { Count: > 0 })
        {
            yield return new DefinitionProblem(JsonPath.Container(index, "logConfiguration.secretOptions"),
                $"No AWS account here to fetch the secrets of the log driver of '{container.Name}' from; for a local run, put values into its"
                + " options.");
        }

        if (container.EnvironmentFiles is { Count: > 0 })
        {
            yield return new DefinitionProblem(JsonPath.Container(index, "environmentFiles"),
                $"No AWS account here to fetch the environment files of '{container.Name}' with; for a local run, put their variables into"
                + " its environment.");
        }
    }

    private static IEnumerable<DefinitionProblem> OfVolume(Volume volume, int index)
    {
        var (member, what) = volume switch
        {
            { EfsVolumeConfiguration: not null } => ("efsVolumeConfiguration", "EFS"),
            { S3filesVolumeConfiguration: not null } => ("s3filesVolumeConfiguration", "S3"),
            { FsxWindowsFileServerVolumeConfiguration: not null } => ("fsxWindowsFileServerVolumeConfiguration", "FSx"),
            _ => ("", ""),
        };
        if (member.Length > 0)
        {
            yield return new DefinitionProblem(JsonPath.Volume(index, member),
                $"No AWS account here: the {what} file system of volume '{volume.Name}' cannot be reached; for a local run, make it an empty"
                + " volume or give it a host.sourcePath.");
        }
    }
}
