using System.Collections.Immutable;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.HostResources;
using Ecs.Agent.Domain.Images;
using Ecs.Agent.Domain.Planning;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Domain.Explaining;

/// <summary>What tasks and containers wait for.</summary>
internal static class WaitExplainer
{
    public static ImmutableArray<Wait> OfTask(TaskSituation situation, HostResourceQueue queue)
    {
        var waits = ImmutableArray.CreateBuilder<Wait>();
        var task = situation.Task;
        if (task is { HostResources: HostResourceClaim.Waiting, Desired: not EcsTaskStatus.Stopped })
        {
            waits.Add(OfHost(situation, queue));
        }

        if (situation.InFlightOf(StepSlot.OfReport) is { } report)
        {
            waits.Add(new Wait.Step(report.Since, TaskStepKind.SubmitReport));
        }

        // One timer for all that the task has left.
        if (situation.Plan.Blocked.Values.OfType<BlockedOn.Until>().FirstOrDefault() is { } cleanUp)
        {
            waits.Add(new Wait.CleanUp(task.KnownSince, cleanUp.Time));
        }

        return waits.ToImmutable();
    }

    public static ImmutableArray<Wait> OfContainer(
        TaskSituation situation, EcsContainer container, ImmutableArray<PullState> pulls, DateTimeOffset now)
    {
        var settled = container is { Unconfirmed: false, RestartDue: false } && IsWhereItShouldBe(container);
        if (situation.InFlightOf(StepSlot.OfContainer(container.Name)) is { } step)
        {
            // A look at a container that is as it should be holds nothing up.
            return settled && step.Step.Kind == TaskStepKind.InspectContainer ? [] : [OfStep(situation.Task, container, step, pulls)];
        }

        return settled ? [] : OfObstacle(situation, container, now);
    }

    private static bool IsWhereItShouldBe(EcsContainer container) => container.Desired == ContainerStatus.Stopped
        ? container.Known == ContainerStatus.Stopped
        : container.Known >= ContainerStatus.Running;

    private static Wait OfStep(EcsTask task, EcsContainer container, StepInProgress step, ImmutableArray<PullState> pulls) =>
        step.Step switch
        {
            TaskStep.PullImage => new Wait.ImagePull(
                step.Since,
                container.Definition.Image,
                pulls.FirstOrDefault(p => p.Image == container.Definition.Image && p.TaskArns.Contains(task.Arn))),
            TaskStep.StopContainer stop => new Wait.StopSignal(step.Since, step.Since + stop.GracePeriod),
            _ => new Wait.Step(step.Since, step.Step.Kind),
        };

    private static ImmutableArray<Wait> OfObstacle(TaskSituation situation, EcsContainer container, DateTimeOffset now) =>
        situation.Plan.Blocked.GetValueOrDefault(container.Name) switch
        {
            BlockedOn.Dependency => OfDependencies(situation.Task, container, now),
            BlockedOn.Dependants b => [new Wait.Dependants(situation.Task.StopCause?.At, b.Containers)],
            BlockedOn.Resource b => [new Wait.Resource(situation.InFlightOf(StepSlot.OfResource(b.Key))?.Since, b.Key)],
            BlockedOn.Credentials b => [new Wait.Credentials(container.KnownSince, b.Role)],
            BlockedOn.Step b => [new Wait.Step(null, b.Kind)],

            // Said of the task, not of each of its containers.
            BlockedOn.HostResource or BlockedOn.Until or null => [],
            { } other =>
                throw new ArgumentOutOfRangeException(nameof(situation), other.GetType().Name, "An obstacle without an explanation."),
        };

    /// <summary>All edges, not only the one that the plan names: who meets one wants to know of the next.</summary>
    private static ImmutableArray<Wait> OfDependencies(EcsTask task, EcsContainer container, DateTimeOffset now) =>
    [
        .. DependencyRules.Unmet(task, container, now)
            .Select(unmet => new Wait.Dependency(container.KnownSince, unmet.Edge.ContainerName, unmet.Edge.Condition, unmet.Deadline)),
    ];

    private static Wait OfHost(TaskSituation situation, HostResourceQueue queue)
    {
        var since = situation.InFlightOf(StepSlot.OfTask)?.Since ?? situation.Task.KnownSince;
        if (queue.Total is not { } total)
        {
            return new Wait.Registration(since);
        }

        var arn = situation.Task.Arn;
        var need = HostResourceNeed.Of(situation.Task.Definition);
        var ahead = queue.Waiting.Select(waiter => waiter.TaskArn).TakeWhile(other => other != arn).ToImmutableArray();
        return new Wait.HostResources(since, need, HostShortages.Of(queue, total, need), ahead.Length + 1, ahead);
    }
}
