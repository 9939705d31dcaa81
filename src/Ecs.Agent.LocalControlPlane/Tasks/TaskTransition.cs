using Ecs.Agent.LocalControlPlane.State;

namespace Ecs.Agent.LocalControlPlane.Tasks;

/// <summary>Carries a task's change into the state: a task that becomes STOPPED gives its resources back, in the same step. Pure.</summary>
internal static class TaskTransition
{
    public static ControlPlaneState Replace(ControlPlaneState state, PlacedTask before, PlacedTask after)
    {
        if (ReferenceEquals(before, after))
        {
            return state;
        }

        var next = state.With(after);
        if (before.IsStopped || !after.IsStopped || next.FindInstance(after.ContainerInstanceArn) is not { } instance)
        {
            return next;
        }

        var released = instance.Release(after.Needs);
        return next.With(released with { Payloads = released.Payloads.Forget(after.Arn) });
    }

    /// <summary>Has the agent told that the task is to stop.</summary>
    public static ControlPlaneState Inform(ControlPlaneState state, PlacedTask task) =>
        state.FindInstance(task.ContainerInstanceArn) is { } instance
            ? state.With(instance with { Payloads = instance.Payloads.Add(task.Arn) })
            : state;
}
