namespace Ecs.Agent.Domain.Resources;

/// <summary>How far a task's resource has come.</summary>
public enum ResourceStatus
{
    None,
    Created,
    Removed,
}
