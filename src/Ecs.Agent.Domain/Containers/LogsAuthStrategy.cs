namespace Ecs.Agent.Domain.Containers;

/// <summary>As whom a container's log driver speaks to its service.</summary>
public enum LogsAuthStrategy
{
    /// <summary>As the container instance.</summary>
    Instance,

    /// <summary><c>ExecutionRole</c>: as the task's execution role.</summary>
    ExecutionRole,
}
