namespace Ecs.Agent.Domain.Images;

/// <summary>
/// The image of the containers that hold what others of a task share, its network or its process and IPC namespaces. It is part of the agent and
/// in no registry.
/// </summary>
public static class PauseImage
{
    /// <summary>Raised with every change of what is in the image: an image of that name is never loaded again.</summary>
    public const string Version = "1";

    public const string Name = "ecs-agent/pause:" + Version;
}
