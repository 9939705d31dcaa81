namespace Ecs.Agent.Domain.Containers;

/// <summary>What a container waits for in another one before it may progress (<c>dependsOn</c>, links, volumesFrom).</summary>
public enum DependencyCondition
{
    /// <summary>The other exists. Implied by <c>volumesFrom</c>; a task definition cannot name it.</summary>
    Create,

    /// <summary>The other runs, or has run. Also implied by <c>links</c>.</summary>
    Start,

    /// <summary>The other has ended, with whatever exit code.</summary>
    Complete,

    /// <summary>The other has ended with exit code 0.</summary>
    Success,

    /// <summary>The other's Docker health check says healthy.</summary>
    Healthy,
}
