namespace Ecs.Agent.Domain.Containers;

/// <summary>
/// One edge of the task's dependency graph: wait for <paramref name="ContainerName"/> to meet <paramref name="Condition"/>.
/// </summary>
public sealed record ContainerDependency(string ContainerName, DependencyCondition Condition);
