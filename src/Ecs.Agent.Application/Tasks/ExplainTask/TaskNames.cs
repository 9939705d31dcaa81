using System.Collections.Immutable;
using Ecs.Agent.Domain.Explaining;

namespace Ecs.Agent.Application.Tasks.ExplainTask;

/// <summary>Finds the task that an operator means.</summary>
internal static class TaskNames
{
    /// <summary>
    /// All that the name may mean: the task of that ARN, else the one of that id, else those whose id begins so. An empty name means none.
    /// </summary>
    public static ImmutableArray<TaskSituation> Find(ImmutableArray<TaskSituation> tasks, string name)
    {
        if (name.Length == 0)
        {
            return [];
        }

        var exact = tasks.Where(t => t.Task.Arn == name || IdOf(t) == name).ToImmutableArray();
        return exact.IsEmpty ? [.. tasks.Where(t => IdOf(t).StartsWith(name, StringComparison.Ordinal))] : exact;
    }

    /// <summary>What follows the last slash of the ARN.</summary>
    private static string IdOf(TaskSituation situation) => situation.Task.Arn[(situation.Task.Arn.LastIndexOf('/') + 1)..];
}
