using System.Collections.Immutable;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Protocol.Acs;

namespace Ecs.Agent.Infrastructure.ControlPlane.Acs;

/// <summary>Translates one entry of a task's <c>volumes</c>.</summary>
/// <param name="task">The task it belongs to; family and revision go into generated names.</param>
/// <param name="nameSuffix">20 hexadecimal digits, new ones at each call.</param>
internal sealed class AcsVolumeTranslator(AcsTask task, Func<string> nameSuffix)
{
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
            "efs" or "fsxWindowsFileServer" or "attachment" =>
                (null, $"volumes[{volume.Name}].type: this agent does not support volumes of type {volume.Type}"),
            var other => (null, $"unrecognized volume type: \"{other}\""),
        };
    }

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
