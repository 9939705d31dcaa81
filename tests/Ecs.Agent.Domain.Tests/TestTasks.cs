using System.Collections.Immutable;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Domain.Tests;

/// <summary>Tasks as the tests need them, and the events that bring them along.</summary>
internal static class TestTasks
{
    public const string Arn = "arn:aws:ecs:eu-central-1:123456789012:task/default/0123456789abcdef0123456789abcdef";

    public static DateTimeOffset T0 { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static PlanningPolicy Policy { get; } = new();

    public static ContainerDefinition Container(string name, bool essential = true, params ImmutableArray<ContainerDependency> dependsOn) =>
        new() { Name = name, Image = $"repo/{name}:1", Essential = essential, DependsOn = dependsOn };

    public static ContainerDependency On(string container, DependencyCondition condition) => new(container, condition);

    public static TaskDefinition Definition(params ImmutableArray<ContainerDefinition> containers) =>
        new() { Arn = Arn, Family = "web", Version = "3", Containers = containers };

    public static EcsTask Admitted(params ImmutableArray<ContainerDefinition> containers) => Admitted(Definition(containers));

    public static EcsTask Admitted(TaskDefinition definition)
    {
        var suffix = 0;
        return EcsTask.Admit(definition, () => (++suffix).ToString("x20"), T0);
    }

    /// <summary>Admitted and holding what it needs of the host.</summary>
    public static EcsTask Placed(params ImmutableArray<ContainerDefinition> containers) => Admitted(containers).Granted();

    public static EcsTask Granted(this EcsTask task) => task.Apply(new TaskEvent.HostResourcesGranted(T0));

    public static EcsTask Resolved(this EcsTask task, string container, string? digest = "sha256:d", DateTimeOffset? at = null) =>
        task.Apply(new TaskEvent.ManifestResolved(at ?? T0, container, digest, PullRequired: true));

    public static EcsTask Pulled(this EcsTask task, string container, DateTimeOffset? at = null) => task.Resolved(container, at: at)
        .Apply(new TaskEvent.PullBegan(at ?? T0, container))
        .Apply(new TaskEvent.ImagePulled(at ?? T0, container));

    public static EcsTask Created(this EcsTask task, string container, DateTimeOffset? at = null) =>
        task.Pulled(container, at).Apply(new TaskEvent.ContainerCreated(at ?? T0, container, RuntimeId(container)));

    public static EcsTask Up(this EcsTask task, string container, DateTimeOffset? at = null) =>
        task.Created(container, at).Apply(new TaskEvent.ContainerStarted(at ?? T0, 0, container, Running(container, at)));

    public static EcsTask Ended(this EcsTask task, string container, int exitCode = 0, DateTimeOffset? at = null) =>
        task.Apply(new TaskEvent.ContainerObserved(at ?? T0, 0, container, Stopped(container, exitCode, at)));

    public static EcsTask StopRequested(this EcsTask task, string reason = "") => task.Apply(new TaskEvent.StopRequested(T0, reason));

    public static EcsTask Failed(this EcsTask task, string container, TaskStepKind step, bool fatal = false, string name = "SomeError") =>
        task.Apply(new TaskEvent.StepFailed(T0, container, step, new ContainerError(name, "text"), fatal));

    public static EcsContainer Of(this EcsTask task, string container) => task.Find(container)!;

    public static ContainerObservation Running(string container, DateTimeOffset? at = null) => new()
    {
        State = ObservedState.Running,
        RuntimeId = RuntimeId(container),
        CreatedAt = T0,
        StartedAt = at ?? T0,
    };

    public static ContainerObservation Stopped(string container, int exitCode = 0, DateTimeOffset? at = null) => new()
    {
        State = ObservedState.Stopped,
        RuntimeId = RuntimeId(container),
        CreatedAt = T0,
        StartedAt = T0,
        FinishedAt = at ?? T0,
        ExitCode = exitCode,
    };

    public static string RuntimeId(string container) => $"id-of-{container}";

    public static TaskPlan Plan(this EcsTask task, DateTimeOffset? now = null, params ImmutableArray<TaskStep> inFlight) => TaskPlanner.Plan(
        task, new PlanningContext { Now = now ?? T0, Policy = Policy, InFlight = inFlight.ToDictionary(step => step.Slot) });
}
