namespace Ecs.Agent.Domain.Containers;

/// <summary>Whose container it is: the task definition's, or one that the agent adds for its own purposes.</summary>
public enum ContainerKind
{
    Normal,

    /// <summary>Holds the process and IPC namespaces that the task's containers share.</summary>
    NamespacePause,
}
