namespace Ecs.Agent.Application.Configuration;

/// <summary><c>ECS_ENABLE_TASK_CPU_MEM_LIMIT</c>: whether tasks get a control group of their own, so that their limits are kept.</summary>
public enum TaskCgroupMode
{
    /// <summary>Not set: yes, and no with a warning on a machine that cannot.</summary>
    WherePossible,

    /// <summary>True: an agent on a machine that cannot does not start.</summary>
    Required,

    /// <summary>False: limits of tasks are not kept.</summary>
    Off,
}
