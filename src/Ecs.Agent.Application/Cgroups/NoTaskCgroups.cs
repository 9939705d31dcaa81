using Ecs.Agent.Domain.Cgroups;

namespace Ecs.Agent.Application.Cgroups;

/// <summary>For hosts whose runtime has no control groups, or none that this process could make: limits of tasks are not kept.</summary>
public sealed class NoTaskCgroups : ITaskCgroups
{
    public bool InForce => false;

    public bool HostIsUnified => false;

    public Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public string? CgroupParentOf(string taskId) => null;

    public Task CreateAsync(TaskCgroup cgroup, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task RemoveAsync(string taskId, CancellationToken cancellationToken) => Task.CompletedTask;
}
