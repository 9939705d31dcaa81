namespace Ecs.Agent.Domain.Tasks;

/// <summary>A task's <c>pidMode</c> or <c>ipcMode</c>: whose namespace its containers are in.</summary>
public enum NamespaceMode
{
    /// <summary>Each container as Docker has it.</summary>
    Default,

    /// <summary>The host's.</summary>
    Host,

    /// <summary>One for all containers of the task.</summary>
    Task,

    /// <summary>Of its own, and shared with nobody. For <c>ipcMode</c> alone.</summary>
    None,
}
