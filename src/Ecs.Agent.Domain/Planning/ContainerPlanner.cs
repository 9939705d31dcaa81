using System.Collections.Immutable;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.HostResources;
using Ecs.Agent.Domain.Resources;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Domain.Planning;

/// <summary>The next move of one container: one step up while it should run, down as soon as it should not.</summary>
internal static class ContainerPlanner
{
    public static void Plan(EcsTask task, EcsContainer container, PlanDraft draft)
    {
        if (container.Known == ContainerStatus.Stopped)
        {
            if (container.StartedAgain)
            {
                draft.Begin(new TaskStep.StopContainer(container.Name, GraceOf(container, draft)));
            }

            return;
        }

        if (container.Desired == ContainerStatus.Stopped)
        {
            PlanStop(task, container, draft);
        }
        else if (task.HostResources != HostResourceClaim.Held)
        {
            draft.Block(container, new BlockedOn.HostResource(HostResourceNeed.Of(task.Definition)));
        }
        else if (draft.InFlight(StepSlot.OfContainer(container.Name)) is { } step)
        {
            draft.Block(container, new BlockedOn.Step(step.Kind));
        }
        else
        {
            PlanProgress(task, container, draft);
        }
    }

    private static void PlanStop(EcsTask task, EcsContainer container, PlanDraft draft)
    {
        switch (draft.InFlight(StepSlot.OfContainer(container.Name)))
        {
            case TaskStep.ResolveManifest or TaskStep.PullImage:
                // Nothing of it exists yet. The look-up or pull is cancelled, its end is not waited for.
                draft.Cancel(StepSlot.OfContainer(container.Name));
                draft.Conclude(new TaskEvent.NothingToStop(draft.Now, container.Name, PullPrevented(task, container, draft)));
                return;
            case TaskStep.InspectContainer when container is { IsRunning: true, RestartDue: false }:
                draft.Cancel(StepSlot.OfContainer(container.Name));
                return;
            case TaskStep.CreateContainer or TaskStep.StartContainer:
                // Ends its wait for a place or for the daemon. A call that Docker has already is not cut short: it ends by itself soon, and
                // only then is it known what there is to stop.
                draft.Cancel(StepSlot.OfContainer(container.Name));
                draft.Block(container, new BlockedOn.Step(draft.InFlight(StepSlot.OfContainer(container.Name))!.Kind));
                return;
            case { } step:
                draft.Block(container, new BlockedOn.Step(step.Kind));
                return;
        }

        if (container.IsRunning && !container.RestartDue)
        {
            PlanStopOfRunning(task, container, draft);
        }
        else if (container.Unconfirmed)
        {
            draft.Begin(new TaskStep.InspectContainer(container.Name));
        }
        else
        {
            draft.Conclude(new TaskEvent.NothingToStop(draft.Now, container.Name));
        }
    }

    /// <summary>A pull that still waits for its place is the one thing whose coming to nothing ECS gives a name.</summary>
    private static ContainerError? PullPrevented(EcsTask task, EcsContainer container, PlanDraft draft) =>
        draft.InFlight(StepSlot.OfContainer(container.Name)) is TaskStep.PullImage && !container.PullBegan
            ? new ContainerError(
                ContainerErrorNames.TaskStoppedBeforePullBegin, $"Task stopped before image pull could begin for task: {task.Arn}")
            : null;

    private static void PlanStopOfRunning(EcsTask task, EcsContainer container, PlanDraft draft)
    {
        var dependants = DependantsStillUp(task, container);
        if (!dependants.IsEmpty)
        {
            draft.Block(container, new BlockedOn.Dependants(dependants));
            return;
        }

        draft.Begin(new TaskStep.StopContainer(container.Name, GraceOf(container, draft)));
    }

    private static TimeSpan GraceOf(EcsContainer container, PlanDraft draft) =>
        container.Definition.StopTimeout > TimeSpan.Zero ? container.Definition.StopTimeout : draft.Policy.DefaultStopTimeout;

    /// <summary>
    /// Stop order is start order reversed: whoever depends on the container, in whatever way, stops first. Also who depends on it through one
    /// that has ended already: what comes up behind a finished migration uses the database all the same.
    /// </summary>
    private static ImmutableArray<string> DependantsStillUp(EcsTask task, EcsContainer container)
    {
        var dependants = new HashSet<string>(StringComparer.Ordinal) { container.Name };
        while (task.Containers.Any(c => DependsOnAny(c, dependants) && dependants.Add(c.Name)))
        {
        }

        return
        [
            .. task.Containers
                .Where(c => c.Known != ContainerStatus.Stopped && c.Name != container.Name && dependants.Contains(c.Name))
                .Select(c => c.Name),
        ];
    }

    private static bool DependsOnAny(EcsContainer container, HashSet<string> names) =>
        container.Definition.DependsOn.Any(edge => names.Contains(edge.ContainerName));

    private static void PlanProgress(EcsTask task, EcsContainer container, PlanDraft draft)
    {
        if (container.Unconfirmed)
        {
            draft.Begin(new TaskStep.InspectContainer(container.Name));
        }
        else if (container.RestartDue)
        {
            draft.Begin(new TaskStep.StartContainer(container.Name));
        }
        else if (container.IsRunning)
        {
            PlanLook(container, draft);
        }
        else if (container.Known == ContainerStatus.None)
        {
            // The digest is looked up early: no dependency holds it back, so that the control plane can be told of it.
            PlanGatedByResources(task, container, draft);
        }
        else if (container.Known == ContainerStatus.ManifestPulled && draft.Policy.PullUpfront)
        {
            PlanGatedByResources(task, container, draft);
        }
        else
        {
            PlanGatedByDependencies(task, container, draft);
        }
    }

    private static void PlanGatedByDependencies(EcsTask task, EcsContainer container, PlanDraft draft)
    {
        switch (DependencyRules.Check(task, container, draft.Now))
        {
            case DependencyVerdict.Never never:
                draft.Conclude(new TaskEvent.DependencyFailed(draft.Now, container.Name, never.Error, never.Edge));
                return;
            case DependencyVerdict.Waiting waiting:
                draft.Block(container, new BlockedOn.Dependency(waiting.Edge.ContainerName, waiting.Edge.Condition));
                draft.WakeAt(waiting.Deadline);
                return;
            default:
                PlanGatedByResources(task, container, draft);
                return;
        }
    }

    private static void PlanGatedByResources(EcsTask task, EcsContainer container, PlanDraft draft)
    {
        var (step, leadsTo) = NextStep(container);
        if (MissingResource(task, container, leadsTo) is { } missing)
        {
            draft.Block(container, missing.NeedsExecutionRole && draft.AwaitsExecutionRole(task)
                ? BlockedOn.Credentials.OfExecution
                : new BlockedOn.Resource(missing.Key));
        }
        else if (NeedsExecutionRole(container, leadsTo) && draft.AwaitsExecutionRole(task))
        {
            draft.Block(container, BlockedOn.Credentials.OfExecution);
        }
        else
        {
            draft.Begin(step);
        }
    }

    /// <summary>Asks ECR as the execution role, or tells a log driver to.</summary>
    private static bool NeedsExecutionRole(EcsContainer container, ContainerStatus leadsTo) => leadsTo switch
    {
        ContainerStatus.ManifestPulled or ContainerStatus.Pulled => container.Definition.RegistryAuthentication?.NeedsExecutionRole == true,
        ContainerStatus.Created => container.Definition.LogsAuthStrategy == LogsAuthStrategy.ExecutionRole,
        _ => false,
    };

    private static (TaskStep Step, ContainerStatus LeadsTo) NextStep(EcsContainer container) => container.Known switch
    {
        ContainerStatus.None => (new TaskStep.ResolveManifest(container.Name), ContainerStatus.ManifestPulled),
        ContainerStatus.ManifestPulled => (new TaskStep.PullImage(container.Name, container.ImageDigest), ContainerStatus.Pulled),
        ContainerStatus.Pulled => (new TaskStep.CreateContainer(container.Name), ContainerStatus.Created),
        _ => (new TaskStep.StartContainer(container.Name), ContainerStatus.Running),
    };

    /// <summary>Whatever a container needs it needs before its creation: one that exists has had it.</summary>
    private static TaskResource? MissingResource(EcsTask task, EcsContainer container, ContainerStatus leadsTo)
    {
        if (leadsTo > ContainerStatus.Created)
        {
            return null;
        }

        foreach (var (resource, status) in task.Resources)
        {
            if (status == ResourceStatus.None && resource.NeededFor(container.Definition) <= leadsTo)
            {
                return resource;
            }
        }

        return null;
    }

    /// <summary>Looks where something was heard, and now and then without: an event may have been lost.</summary>
    private static void PlanLook(EcsContainer container, PlanDraft draft)
    {
        var next = (container.LastLookAt ?? container.KnownSince) + draft.Policy.SteadyStateLook;
        if (container.LookDue || next <= draft.Now)
        {
            draft.Begin(new TaskStep.InspectContainer(container.Name));
        }
        else
        {
            draft.WakeAt(next);
        }
    }
}
