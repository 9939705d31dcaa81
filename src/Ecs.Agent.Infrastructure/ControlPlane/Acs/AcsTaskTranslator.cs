using System.Collections.Immutable;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Protocol.Acs;

namespace Ecs.Agent.Infrastructure.ControlPlane.Acs;

/// <summary>Translates a task of a payload into the Domain's words. Pure but for the injected name suffixes.</summary>
internal static class AcsTaskTranslator
{
    /// <param name="task">The entry of the payload.</param>
    /// <param name="nameSuffix">20 hexadecimal digits for the name of a Docker volume, new ones at each call.</param>
    /// <param name="volumes">How this machine mounts network file systems.</param>
    public static AcsTranslation Translate(AcsTask task, Func<string> nameSuffix, VolumeSettings volumes)
    {
        var problems = new List<string>();
        var containers = ImmutableArray.CreateBuilder<ContainerDefinition>();
        foreach (var container in task.Containers ?? [])
        {
            if (container is null)
            {
                problems.Add("containers: an entry is null");
                continue;
            }

            containers.Add(new AcsContainerTranslator(container, problems).Translate() with { GpuIds = GpusOf(container, task) });
        }

        var definition = new TaskDefinition
        {
            Arn = task.Arn ?? "",
            Family = task.Family ?? "",
            Version = task.Version ?? "",
            Containers = containers.ToImmutable(),
            Volumes = Volumes(task, new AcsVolumeTranslator(task, nameSuffix, volumes), problems),
            NetworkMode = Mode(task.NetworkMode, problems),
            PidMode = Namespace("pidMode", task.PidMode, problems),
            IpcMode = Namespace("ipcMode", task.IpcMode, problems),
            VCpu = NotNegative("cpu", task.Cpu ?? 0, problems),
            MemoryMiB = (int)NotNegative("memory", task.Memory ?? 0, problems),
            LaunchType = task.LaunchType,
            ServiceName = task.ServiceName,
            Group = task.Group,
            TaskCredentialsId = task.RoleCredentials?.CredentialsId,
            ExecutionCredentialsId = task.ExecutionRoleCredentials?.CredentialsId,
        };
        problems.AddRange(AcsCredentials.ProblemsOf(task));
        problems.AddRange(UnsupportedMembers.Of(task));
        return problems.Count == 0 ? AcsTranslation.Of(definition, AcsPreparation.ProblemOf(task)) : AcsTranslation.Failed(problems);
    }

    private static ImmutableArray<string> GpusOf(AcsContainer container, AcsTask task) =>
    [
        .. AcsPreparation.GpusOf(task)
            .Where(gpu => gpu.Containers is [var owner] && owner == container.Name)
            .Select(gpu => gpu.Name ?? ""),
    ];

    private static ImmutableArray<TaskVolume> Volumes(AcsTask task, AcsVolumeTranslator translator, List<string> problems)
    {
        var volumes = ImmutableArray.CreateBuilder<TaskVolume>();
        var own = (task.Volumes ?? []).Where(entry => entry is not null && !AcsVolumeTranslator.IsAttachment(task, entry));
        foreach (var (volume, problem) in own.Select(translator.Translate).Concat(translator.Attached()))
        {
            if (problem is not null)
            {
                problems.Add(problem);
            }

            if (volume is not null)
            {
                volumes.Add(volume);
            }
        }

        return volumes.ToImmutable();
    }

    private static NetworkMode Mode(string? name, List<string> problems)
    {
        switch (name)
        {
            case null or "" or "bridge":
                return NetworkMode.Bridge;
            case "host":
                return NetworkMode.Host;
            case "none":
                return NetworkMode.None;
            case "awsvpc":
                return NetworkMode.AwsVpc;
            default:
                problems.Add($"networkMode: '{name}' is not one of bridge, host, none, awsvpc");
                return NetworkMode.Bridge;
        }
    }

    private static NamespaceMode Namespace(string member, string? mode, List<string> problems)
    {
        switch (mode)
        {
            case null or "":
                return NamespaceMode.Default;
            case "host":
                return NamespaceMode.Host;
            case "task":
                return NamespaceMode.Task;
            case "none" when member == "ipcMode":
                return NamespaceMode.None;
            default:
                problems.Add($"{member}: '{mode}' is not one of host, task{(member == "ipcMode" ? ", none" : "")}");
                return NamespaceMode.Default;
        }
    }

    private static double NotNegative(string member, double value, List<string> problems)
    {
        if (value >= 0)
        {
            return value;
        }

        problems.Add(FormattableString.Invariant($"{member}: {value} is negative"));
        return 0;
    }
}
