using Ecs.Agent.Domain.Cgroups;

namespace Ecs.Agent.Infrastructure.Cgroups;

/// <summary>The control groups of this machine in the version that its kernel has mounted. All throw <see cref="Application.Cgroups.CgroupException"/>.</summary>
internal interface IHostCgroups
{
    /// <summary>The name of the cgroup driver that a Docker daemon must use, so that what it is told to use as a parent means this group.</summary>
    string DockerDriver { get; }

    /// <summary>Makes ready what the groups of tasks lie in.</summary>
    void Prepare();

    /// <summary>The task's group, as Docker wants a parent to be named.</summary>
    string ParentOf(string taskId);

    Task CreateAsync(TaskCgroup cgroup, CancellationToken cancellationToken);

    Task RemoveAsync(string taskId, CancellationToken cancellationToken);
}
