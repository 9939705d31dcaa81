namespace Ecs.Agent.Domain.Cgroups;

/// <summary>What this machine decides about the groups of all tasks.</summary>
/// <param name="CpuPeriod"><c>ECS_CGROUP_CPU_PERIOD</c>: how often a task's CPU time is renewed, 8 to 100 ms.</param>
/// <param name="Pids"><c>ECS_TASK_PIDS_LIMIT</c>: the most processes and threads of a task, 1 to 4194304; null without a limit.</param>
public sealed record TaskCgroupPolicy(TimeSpan CpuPeriod, int? Pids);
