using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.HostResources;
using Ecs.Agent.Domain.Reporting;
using Ecs.Agent.Domain.Resources;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Domain.Planning;

/// <summary>
/// Decides what to do for a task. Pure and total: the same task in the same context always gets the same plan, and everything that cannot
/// move is named with what is in its way.
/// </summary>
public static class TaskPlanner
{
    public static TaskPlan Plan(EcsTask task, PlanningContext context)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(context);
        var draft = new PlanDraft(context);
        PlanHostResources(task, draft);
        PlanResources(task, draft);
        foreach (var container in task.Containers)
        {
            ContainerPlanner.Plan(task, container, draft);
        }

        PlanReport(task, draft);
        CleanUpPlanner.Plan(task, draft);
        return draft.ToPlan();
    }

    private static void PlanHostResources(EcsTask task, PlanDraft draft)
    {
        if (task.HostResources == HostResourceClaim.Released)
        {
            return;
        }

        if (task.Known == EcsTaskStatus.Stopped)
        {
            // A waiting claim is in flight on the task's slot: it has lost its purpose, and its release follows when it has ended.
            draft.CancelIfInFlight(StepSlot.OfTask, TaskStepKind.ClaimHostResources);
            draft.Begin(new TaskStep.ReleaseHostResources());
        }
        else if (task.HostResources == HostResourceClaim.Waiting && task.Desired != EcsTaskStatus.Stopped)
        {
            draft.Begin(new TaskStep.ClaimHostResources(HostResourceNeed.Of(task.Definition)));
        }
    }

    private static void PlanResources(EcsTask task, PlanDraft draft)
    {
        if (task.HostResources != HostResourceClaim.Held || task.Desired == EcsTaskStatus.Stopped)
        {
            return;
        }

        foreach (var (resource, status) in task.Resources)
        {
            if (status == ResourceStatus.None
                && !(resource.NeedsExecutionRole && draft.AwaitsExecutionRole(task))
                && task.Containers.Any(c => IsNeededYet(resource, c)))
            {
                draft.Begin(new TaskStep.ProvisionResource(resource));
            }
        }
    }

    private static bool IsNeededYet(TaskResource resource, EcsContainer container) =>
        container.Known < ContainerStatus.Created && resource.NeededFor(container.Definition) is not null;

    private static void PlanReport(EcsTask task, PlanDraft draft)
    {
        if (!draft.IsFree(StepSlot.OfReport))
        {
            return;
        }

        var (report, dueAt) = StateReports.Next(task, draft.Policy, draft.Now);
        if (report is not null)
        {
            draft.Begin(new TaskStep.SubmitReport(report));
        }

        draft.WakeAt(dueAt);
    }
}
