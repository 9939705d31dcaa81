namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Support;

/// <summary>What this agent makes of a member of a task definition.</summary>
public enum MemberFate
{
    /// <summary>It arrives: in the payload, and from there in Docker or in what the engine does.</summary>
    Honoured,

    /// <summary>A task that has it is refused with a text that names it; its capability is not registered.</summary>
    Refused,

    /// <summary>It is not for an agent on Docker and Linux to act upon.</summary>
    NotApplicable,
}
