namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Schema;

/// <summary>What the value of a member must be.</summary>
internal abstract record MemberKind
{
    /// <summary>Says in words what a right value is, for messages.</summary>
    public abstract string Description { get; }
}
