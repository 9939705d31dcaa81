using System.Collections.Immutable;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Domain.Cgroups;

/// <summary>The control group that holds all containers of a task, and what they may use together.</summary>
public sealed record TaskCgroup
{
    private const int LeastCpuShares = 2;
    private const int MostCpuShares = 262144;
    private const long BytesPerMiB = 1048576;

    /// <summary>The id of the task: the text behind the last slash of its ARN.</summary>
    public required string TaskId { get; init; }

    /// <summary>How much CPU time the task gets at most; null when the task definition sets no limit.</summary>
    public CpuQuota? CpuQuota { get; init; }

    /// <summary>
    /// The task's weight against other tasks, 2 to 262144: that of its containers together. Null when there is a <see cref="CpuQuota"/>, which
    /// takes its place.
    /// </summary>
    public int? CpuShares { get; init; }

    /// <summary>The most memory of the task, in bytes; null without a limit.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>The most processes and threads of the task; null without a limit.</summary>
    public int? Pids { get; init; }

    /// <summary>The group that a task's definition asks for.</summary>
    public static TaskCgroup Of(TaskDefinition task, TaskCgroupPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(policy);
        var limited = task.VCpu > 0;
        return new TaskCgroup
        {
            TaskId = task.Id,
            CpuQuota = limited ? CpuQuota.Of(task.VCpu, policy.CpuPeriod) : null,
            CpuShares = limited ? null : SharesOf(task.Containers),
            MemoryBytes = task.MemoryMiB > 0 ? task.MemoryMiB * BytesPerMiB : null,
            Pids = policy.Pids,
        };
    }

    /// <summary>Why no group can be made for the task, in ECS's words, or null: no container may be promised more than all of them have.</summary>
    public static string? ProblemOf(TaskDefinition task)
    {
        ArgumentNullException.ThrowIfNull(task);
        var tooLarge = task.MemoryMiB > 0 ? task.Containers.FirstOrDefault(container => container.MemoryMiB > task.MemoryMiB) : null;
        return tooLarge is null
            ? null
            : $"task memory spec builder: container memory limit({tooLarge.MemoryMiB}) greater than task memory limit({task.MemoryMiB})";
    }

    private static int SharesOf(ImmutableArray<ContainerDefinition> containers) =>
        (int)Math.Clamp(containers.Where(container => !container.IsInternal).Sum(container => (long)Math.Max(LeastCpuShares, container.Cpu)), LeastCpuShares, MostCpuShares);
}
