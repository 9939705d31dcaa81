using System.Collections.Immutable;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Domain.Resources;

/// <summary>Which resources a task has.</summary>
public static class TaskResources
{
    /// <summary>All that the definition asks for. Only volumes that some container mounts are ever made.</summary>
    /// <param name="definition">What the control plane wants.</param>
    /// <param name="hasCgroup">Whether this machine puts the containers of a task into a control group.</param>
    public static ImmutableArray<TaskResource> Of(TaskDefinition definition, bool hasCgroup)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var mounted = definition.Containers.SelectMany(c => c.MountPoints).Select(m => m.SourceVolume).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. hasCgroup ? [new TaskResource.Cgroup()] : Enumerable.Empty<TaskResource>(),
            .. definition.Volumes
                .Where(v => v is not TaskVolume.Host && mounted.Contains(v.Name))
                .Select(v => new TaskResource.DockerVolume(v)),
            .. Fetched(definition).Where(resource => definition.Containers.Any(c => resource.NeededFor(c) is not null)),
        ];
    }

    private static IEnumerable<TaskResource> Fetched(TaskDefinition definition) =>
    [
        new TaskResource.RegistryLogins(),
        new TaskResource.Parameters(),
        new TaskResource.ManagedSecrets(),
        .. definition.Containers.Select(c => new TaskResource.EnvironmentFiles(c.Name)),
    ];
}
