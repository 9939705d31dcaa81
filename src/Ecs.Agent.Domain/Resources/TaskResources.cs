using System.Collections.Immutable;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Domain.Resources;

/// <summary>Which resources a task has.</summary>
public static class TaskResources
{
    /// <summary>All that the definition asks for. Only volumes that some container mounts are ever made.</summary>
    public static ImmutableArray<TaskResource> Of(TaskDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var mounted = definition.Containers.SelectMany(c => c.MountPoints).Select(m => m.SourceVolume).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. definition.Volumes
                .Where(v => v is not TaskVolume.Host && mounted.Contains(v.Name))
                .Select(v => new TaskResource.DockerVolume(v)),
        ];
    }
}
