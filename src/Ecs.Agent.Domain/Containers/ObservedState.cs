namespace Ecs.Agent.Domain.Containers;

/// <summary>The state that an inspection found a container in.</summary>
public enum ObservedState
{
    /// <summary>Docker knows no such container.</summary>
    Missing,

    /// <summary>It exists and was never started.</summary>
    Created,

    /// <summary><c>State.Running</c> is true, which alone decides: paused and restarting containers run too.</summary>
    Running,

    /// <summary>It was started and runs no more.</summary>
    Stopped,
}
