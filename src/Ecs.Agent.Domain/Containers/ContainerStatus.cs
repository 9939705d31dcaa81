namespace Ecs.Agent.Domain.Containers;

/// <summary>
/// How far a container has come. The order is the order of progress: a container's known status only ever moves to a larger value.
/// </summary>
public enum ContainerStatus
{
    /// <summary>Known to the agent only.</summary>
    None = 0,

    /// <summary>The image's digest is known, or is not needed.</summary>
    ManifestPulled = 1,

    /// <summary>The image is on this machine, or its pull was given up and creation will tell.</summary>
    Pulled = 2,

    /// <summary>The Docker container exists.</summary>
    Created = 3,

    /// <summary>The Docker container runs.</summary>
    Running = 4,

    /// <summary>It runs and its network namespace has been set up (network pause containers only).</summary>
    ResourcesProvisioned = 5,

    /// <summary>It has ended, or never will start. Terminal.</summary>
    Stopped = 6,
}
