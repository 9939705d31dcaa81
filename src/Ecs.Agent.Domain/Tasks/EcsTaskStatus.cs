namespace Ecs.Agent.Domain.Tasks;

/// <summary>How far a task has come; always the least advanced of its containers. The order is the order of progress.</summary>
public enum EcsTaskStatus
{
    None = 0,
    ManifestPulled = 1,
    Created = 3,
    Running = 4,
    Stopped = 5,
}
