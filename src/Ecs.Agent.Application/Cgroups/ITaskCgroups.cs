using Ecs.Agent.Domain.Cgroups;

namespace Ecs.Agent.Application.Cgroups;

/// <summary>
/// The control groups of tasks on this machine. Every operation may be repeated: "already done" is success. All throw
/// <see cref="CgroupException"/>.
/// </summary>
public interface ITaskCgroups
{
    /// <summary>
    /// Whether tasks get a group, so that limits of tasks are kept. False until <see cref="PrepareAsync"/> has found that they can be.
    /// </summary>
    bool InForce { get; }

    /// <summary>Whether this machine has the unified hierarchy (cgroup v2), where a container cannot see the limits of its parent.</summary>
    bool HostIsUnified { get; }

    /// <summary>
    /// Makes ready what all groups lie in, once, before the first task. What keeps this machine from having groups is a warning, and then none
    /// are made; it is an exception only where <c>ECS_ENABLE_TASK_CPU_MEM_LIMIT</c> asks for them.
    /// </summary>
    Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>What the task's containers name as their <c>CgroupParent</c>; null when groups are not <see cref="InForce"/>.</summary>
    string? CgroupParentOf(string taskId);

    /// <summary>Makes the group with its limits. A group that is there already gets these limits.</summary>
    Task CreateAsync(TaskCgroup cgroup, CancellationToken cancellationToken);

    /// <summary>Removes the group, whose containers are gone. One that is gone already is success.</summary>
    Task RemoveAsync(string taskId, CancellationToken cancellationToken);
}
