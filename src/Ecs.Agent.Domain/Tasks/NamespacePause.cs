using Ecs.Agent.Domain.Containers;

namespace Ecs.Agent.Domain.Tasks;

/// <summary>
/// The container that the agent adds to a task whose containers share a process or IPC namespace: it is up before their images are pulled and
/// stops after them, so that the namespace is there as long as anybody is in it.
/// </summary>
public static class NamespacePause
{
    public const string ContainerName = "~internal~ecs~pause~namespace";

    /// <summary>The definition with the container where it needs one, else as it is.</summary>
    /// <param name="definition">What the control plane wants.</param>
    /// <param name="image">The image of a container that does nothing.</param>
    public static TaskDefinition AddTo(TaskDefinition definition, string image)
    {
        ArgumentNullException.ThrowIfNull(definition);
        if (definition.PidMode != NamespaceMode.Task && definition.IpcMode != NamespaceMode.Task)
        {
            return definition;
        }

        var pause = new ContainerDefinition
        {
            Name = ContainerName,
            Kind = ContainerKind.NamespacePause,
            Image = image,
            Essential = true,
        };
        var waiting = definition.Containers.Select(c => c with
        {
            DependsOn = [.. c.DependsOn, new ContainerDependency(ContainerName, DependencyCondition.Start)],
        });
        return definition with { Containers = [.. waiting, pause] };
    }
}
