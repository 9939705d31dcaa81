using System.Collections.Immutable;
using Ecs.Agent.Application.Cgroups;
using Ecs.Agent.Domain.Cgroups;

namespace Ecs.Agent.Testing;

/// <summary>Control groups in memory, in force from the start. A test may let their creation fail.</summary>
public sealed class FakeTaskCgroups : ITaskCgroups
{
    private ImmutableDictionary<string, TaskCgroup> _groups = ImmutableDictionary.Create<string, TaskCgroup>(StringComparer.Ordinal);

    public bool InForce { get; set; } = true;

    public bool HostIsUnified { get; set; }

    /// <summary>What creating a group fails with; null lets it succeed.</summary>
    public string? CreationFailure { get; set; }

    /// <summary>The groups that there are, by the ids of their tasks.</summary>
    public ImmutableDictionary<string, TaskCgroup> Groups => Volatile.Read(ref _groups);

    public Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public string? CgroupParentOf(string taskId) => InForce ? $"/ecs/{taskId}" : null;

    public Task CreateAsync(TaskCgroup cgroup, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cgroup);
        if (CreationFailure is { } failure)
        {
            throw new CgroupException(failure);
        }

        ImmutableInterlocked.Update(ref _groups, groups => groups.SetItem(cgroup.TaskId, cgroup));
        return Task.CompletedTask;
    }

    public Task RemoveAsync(string taskId, CancellationToken cancellationToken)
    {
        ImmutableInterlocked.Update(ref _groups, groups => groups.Remove(taskId));
        return Task.CompletedTask;
    }
}
