namespace Ecs.Agent.LocalControlPlane.Tasks;

/// <summary>Why a task stopped, in ECS's words.</summary>
internal static class StopCode
{
    public const string TaskFailedToStart = "TaskFailedToStart";
    public const string EssentialContainerExited = "EssentialContainerExited";
    public const string UserInitiated = "UserInitiated";
}
