namespace Ecs.Agent.Domain.Tasks;

/// <summary>How far a task's Docker volume has come.</summary>
public enum VolumeStatus
{
    None,
    Created,
    Removed,
}
