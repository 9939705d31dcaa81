using System.Collections.Immutable;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Domain.Planning;

/// <summary>Whether a task's dependencies can be met in some order at all.</summary>
public static class DependencyGraph
{
    /// <summary>
    /// The edges that can never be met, each as <c>container -> dependency (CONDITION): why</c>; empty when the task can run. Found before
    /// anything of the task is started, so that no task hangs.
    /// </summary>
    public static ImmutableArray<string> UnresolvableEdges(TaskDefinition task)
    {
        ArgumentNullException.ThrowIfNull(task);
        var byName = task.Containers.ToDictionary(c => c.Name, StringComparer.Ordinal);
        var missing = task.Containers
            .SelectMany(c => c.DependsOn.Select(edge => (Container: c, Edge: edge)))
            .Select(x => (x.Container, x.Edge, Problem: ProblemOf(x.Edge, byName)))
            .Where(x => x.Problem is not null)
            .Select(x => Show(x.Container, x.Edge, x.Problem!))
            .ToImmutableArray();
        return missing.IsEmpty ? Cycle(task) : missing;
    }

    private static string? ProblemOf(ContainerDependency edge, Dictionary<string, ContainerDefinition> byName)
    {
        if (!byName.TryGetValue(edge.ContainerName, out var dependency))
        {
            return "the task has no such container";
        }

        return edge.Condition == DependencyCondition.Healthy && !dependency.HasHealthCheck ? "it has no health check" : null;
    }

    /// <summary>Takes out, again and again, whatever has all its dependencies taken out; what is left waits for itself.</summary>
    private static ImmutableArray<string> Cycle(TaskDefinition task)
    {
        var left = task.Containers.ToList();
        var resolved = new HashSet<string>(StringComparer.Ordinal);
        while (left.RemoveAll(c => c.DependsOn.All(edge => resolved.Contains(edge.ContainerName)) && resolved.Add(c.Name)) > 0)
        {
        }

        return
        [
            .. left.SelectMany(c => c.DependsOn
                .Where(edge => !resolved.Contains(edge.ContainerName))
                .Select(edge => Show(c, edge, "part of a cycle"))),
        ];
    }

    private static string Show(ContainerDefinition container, ContainerDependency edge, string problem) =>
        $"{container.Name} -> {edge.ContainerName} ({edge.Condition.ToString().ToUpperInvariant()}): {problem}";
}
