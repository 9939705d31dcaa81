using Ecs.Agent.Domain.Resources;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Domain.Planning;

/// <summary>What is removed of a stopped task, when, and in which order: containers, then the task's own resources, then the task.</summary>
internal static class CleanUpPlanner
{
    public static void Plan(EcsTask task, PlanDraft draft)
    {
        // Nothing is removed before the control plane has taken the task's end: until then it can still be explained.
        if (task.Known != EcsTaskStatus.Stopped || task.Sent != EcsTaskStatus.Stopped || task.HostResources != HostResourceClaim.Released)
        {
            return;
        }

        var due = task.KnownSince + draft.Policy.CleanupWait;
        if (!task.CleanUpDue && due > draft.Now)
        {
            draft.WakeAt(due);
            foreach (var container in task.Containers)
            {
                draft.Block(container, new BlockedOn.Until(due));
            }
        }
        else if (!PlanContainers(task, draft) && !PlanResources(task, draft))
        {
            draft.Begin(new TaskStep.ForgetTask());
        }
    }

    /// <summary>
    /// Whether containers are still to go. All are tried, also those that the agent never heard were created: a creation that was not
    /// answered in time, or whose answer was lost, may have happened all the same.
    /// </summary>
    private static bool PlanContainers(EcsTask task, PlanDraft draft)
    {
        var left = task.Containers.Where(c => !c.Removed).ToList();
        foreach (var container in left.Where(c => !c.StartedAgain))
        {
            draft.Begin(new TaskStep.RemoveContainer(container.Name));
        }

        return left.Count > 0;
    }

    /// <summary>Whether resources are still to go; like containers, all are tried.</summary>
    private static bool PlanResources(EcsTask task, PlanDraft draft)
    {
        var left = task.Resources.Where(r => r.Resource.IsRemovable && r.Status != ResourceStatus.Removed).ToList();
        foreach (var state in left)
        {
            draft.Begin(new TaskStep.RemoveResource(state.Resource));
        }

        return left.Count > 0;
    }
}
