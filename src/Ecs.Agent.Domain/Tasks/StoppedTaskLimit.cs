using System.Collections.Immutable;
using Ecs.Agent.Domain.Containers;

namespace Ecs.Agent.Domain.Tasks;

/// <summary>Keeps what a crash loop leaves behind within bounds.</summary>
public static class StoppedTaskLimit
{
    /// <summary>
    /// The tasks to clean up at once so that at most <paramref name="containers"/> containers of stopped tasks are kept: those that
    /// stopped longest ago, and only those whose end the control plane knows. Tasks that are being cleaned up already do not count.
    /// </summary>
    public static ImmutableArray<string> Excess(IEnumerable<EcsTask> tasks, int containers)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        var kept = tasks.Where(task => task is { Known: EcsTaskStatus.Stopped, CleanUpDue: false } && Kept(task) > 0).ToList();
        var tooMany = kept.Sum(Kept) - containers;
        var excess = ImmutableArray.CreateBuilder<string>();
        foreach (var task in kept.Where(task => task.Sent == EcsTaskStatus.Stopped).OrderBy(task => task.KnownSince))
        {
            if (tooMany <= 0)
            {
                break;
            }

            excess.Add(task.Arn);
            tooMany -= Kept(task);
        }

        return excess.ToImmutable();
    }

    /// <summary>The Docker containers that are left of the task.</summary>
    private static int Kept(EcsTask task) =>
        task.Containers.Count(c => c is { Known: ContainerStatus.Stopped, Removed: false, RuntimeId: not null });
}
