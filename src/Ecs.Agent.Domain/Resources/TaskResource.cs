using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Domain.Resources;

/// <summary>
/// What a task needs besides its containers and before some of them: made once per task, removed with it. A closed hierarchy: whoever makes
/// resources switches over it exhaustively.
/// </summary>
public abstract record TaskResource
{
    private TaskResource()
    {
    }

    /// <summary>What tells it from the task's other resources, in every life of the agent. Also how it is called in messages.</summary>
    public abstract string Key { get; }

    /// <summary>Whether it goes when the task goes. What is shared with other tasks stays.</summary>
    public virtual bool IsRemovable => true;

    /// <summary>The status that the container does not get to before the resource is there; null where it can do without.</summary>
    public abstract ContainerStatus? NeededFor(ContainerDefinition container);

    /// <summary>A Docker volume.</summary>
    public sealed record DockerVolume(TaskVolume Volume) : TaskResource
    {
        public override string Key => KeyOf(Volume.Name);

        public override bool IsRemovable => Volume is TaskVolume.TaskScoped;

        public override ContainerStatus? NeededFor(ContainerDefinition container)
        {
            ArgumentNullException.ThrowIfNull(container);
            foreach (var mount in container.MountPoints)
            {
                if (mount.SourceVolume == Volume.Name)
                {
                    return ContainerStatus.Pulled;
                }
            }

            return null;
        }

        public static string KeyOf(string volume) => "volume " + volume;
    }
}
