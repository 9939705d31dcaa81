using System.Collections.Immutable;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Domain.Planning;

/// <summary>When a container may progress past its dependencies, must wait for one, or never will.</summary>
public static class DependencyRules
{
    /// <summary>
    /// Looks at all dependencies: one that never will be met decides, then one that is not met yet. A container that waits for several must
    /// not wait for one of them while another has failed.
    /// </summary>
    public static DependencyVerdict Check(EcsTask task, EcsContainer target, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(target);
        DependencyVerdict.Waiting? waiting = null;
        foreach (var edge in target.Definition.DependsOn)
        {
            switch (Check(task.Find(edge.ContainerName), edge, target, now))
            {
                case DependencyVerdict.Never never:
                    return never;
                case DependencyVerdict.Waiting next:
                    waiting = waiting is null ? next : waiting with { Deadline = Earlier(waiting.Deadline, next.Deadline) };
                    break;
            }
        }

        return waiting is null ? DependencyVerdict.Met.Instance : waiting;
    }

    /// <summary>
    /// All that the container waits for in others, each edge with the time at which it is given up (or null); in the order of its
    /// definition. For the operator who wants the whole picture: <see cref="Check(EcsTask, EcsContainer, DateTimeOffset)"/> names one.
    /// </summary>
    public static ImmutableArray<DependencyVerdict.Waiting> Unmet(EcsTask task, EcsContainer target, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(target);
        return
        [
            .. target.Definition.DependsOn
                .Select(edge => Check(task.Find(edge.ContainerName), edge, target, now))
                .OfType<DependencyVerdict.Waiting>(),
        ];
    }

    private static DependencyVerdict Check(EcsContainer? dependency, ContainerDependency edge, EcsContainer target, DateTimeOffset now)
    {
        if (dependency is null)
        {
            return Never(
                edge,
                $"dependency graph: container ordering dependency [<nil>] for target [{Show(target)}] does not exist.");
        }

        if (TimedOut(dependency, edge, target, now))
        {
            return Never(
                edge,
                $"dependency graph: container ordering dependency [{Show(dependency)}] for target [{Show(target)}] has timed out.");
        }

        if (edge.Condition == DependencyCondition.Success && dependency.Known == ContainerStatus.Stopped && dependency.ExitCode != 0)
        {
            return Never(
                edge,
                $"dependency graph: failed to resolve container ordering dependency [{Show(dependency)}] for target [{Show(target)}] "
                + "as dependency did not exit successfully.");
        }

        if (IsMet(dependency, edge.Condition))
        {
            return DependencyVerdict.Met.Instance;
        }

        return NeverWillBe(dependency, edge.Condition)
            ? Never(
                edge,
                $"dependency graph: failed to resolve container ordering dependency [{Show(dependency)}] for target [{Show(target)}] "
                + "because dependency will never start")
            : new DependencyVerdict.Waiting(edge, target.Known < ContainerStatus.Created ? Deadline(dependency, edge) : null);
    }

    private static bool IsMet(EcsContainer dependency, DependencyCondition condition) => condition switch
    {
        DependencyCondition.Create => dependency.Known >= ContainerStatus.Created && dependency.RuntimeId is not null,
        DependencyCondition.Start => dependency.IsRunning || HasRun(dependency),
        DependencyCondition.Complete => dependency.Known == ContainerStatus.Stopped && dependency.ExitCode is not null,
        DependencyCondition.Success => dependency is { Known: ContainerStatus.Stopped, ExitCode: 0 },
        _ => dependency.IsRunning && dependency.Definition.HasHealthCheck && dependency.Health == HealthStatus.Healthy,
    };

    /// <summary>A container that has stopped without ever running satisfies nobody who waits for it to start.</summary>
    private static bool HasRun(EcsContainer dependency) => dependency.Known == ContainerStatus.Stopped && dependency.UpSince is not null;

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b : a;

    private static bool NeverWillBe(EcsContainer dependency, DependencyCondition condition) =>
        dependency.Known == ContainerStatus.Stopped
        || (condition != DependencyCondition.Complete && dependency is { Desired: ContainerStatus.Stopped, IsRunning: false })
        || (condition == DependencyCondition.Complete && dependency is { Desired: ContainerStatus.Stopped, UpSince: null });

    private static bool TimedOut(EcsContainer dependency, ContainerDependency edge, EcsContainer target, DateTimeOffset now) =>
        target.Known < ContainerStatus.Created
        && dependency.Known != ContainerStatus.Stopped
        && !IsMet(dependency, edge.Condition)
        && Deadline(dependency, edge) is { } deadline
        && now >= deadline;

    /// <summary>When whoever waits for the dependency is given up; null means never, or not known yet.</summary>
    internal static DateTimeOffset? Deadline(EcsContainer dependency, ContainerDependency edge) =>
        edge.Condition is DependencyCondition.Complete or DependencyCondition.Success or DependencyCondition.Healthy
        && dependency.Definition.StartTimeout > TimeSpan.Zero
        && dependency.StartedAt is { } startedAt
            ? startedAt + dependency.Definition.StartTimeout
            : null;

    private static DependencyVerdict.Never Never(ContainerDependency edge, string text) =>
        new(edge, new ContainerError(ContainerErrorNames.CannotStartContainer, text));

    /// <summary><c>name(image) (KNOWN->DESIRED)</c> and the exit code once there is one, as ECS users know it.</summary>
    private static string Show(EcsContainer container)
    {
        var exit = container.ExitCode is { } code ? FormattableString.Invariant($" - Exit: {code}") : "";
        return $"{container.Name}({container.Definition.Image}) ({Show(Shown(container))}->{Show(container.Desired)}){exit}";
    }

    /// <summary>To ECS a pull, even one that is skipped because the copy here will do, comes after the dependencies.</summary>
    private static ContainerStatus Shown(EcsContainer container) =>
        container is { Known: ContainerStatus.Pulled, PullRequired: false } ? ContainerStatus.ManifestPulled : container.Known;

    private static string Show(ContainerStatus status) => status switch
    {
        ContainerStatus.ManifestPulled => "MANIFEST_PULLED",
        ContainerStatus.ResourcesProvisioned => "RESOURCES_PROVISIONED",
        _ => status.ToString().ToUpperInvariant(),
    };
}
