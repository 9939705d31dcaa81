using Ecs.Agent.LocalControlPlane.Api;
using Ecs.Agent.LocalControlPlane.State;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.Tasks;

/// <summary>
/// SubmitTaskStateChange, SubmitContainerStateChange, SubmitAttachmentStateChanges. Agents repeat a refused submission for ever, so
/// whatever belongs to nothing known (an unknown task, a cluster of an earlier life) is accepted and changes nothing. Only what makes no
/// sense at all is refused, with the one error that lets an agent drop it.
/// </summary>
internal sealed class StateChangeOperations(ControlPlaneStore store, TimeProvider time)
{
    private const string Accepted = "ACCEPTED";
    private static readonly string[] Statuses = ["PENDING", "RUNNING", "STOPPED"];

    public SubmitTaskStateChangeResponse Submit(SubmitTaskStateChangeRequest change)
    {
        CheckStatus(change.Status, "status");
        foreach (var container in change.Containers ?? [])
        {
            CheckStatus(container.Status, $"containers[{container.ContainerName}].status");
        }

        Apply(change);
        return new SubmitTaskStateChangeResponse { Acknowledgment = Accepted };
    }

    public SubmitContainerStateChangeResponse Submit(SubmitContainerStateChangeRequest change)
    {
        CheckStatus(change.Status, "status");
        var container = new ContainerStateChange
        {
            ContainerName = change.ContainerName,
            RuntimeId = change.RuntimeId,
            Status = change.Status,
            ExitCode = change.ExitCode,
            Reason = change.Reason,
            NetworkBindings = change.NetworkBindings,
        };
        Apply(new SubmitTaskStateChangeRequest { Task = change.Task, Containers = [container] });
        return new SubmitContainerStateChangeResponse { Acknowledgment = Accepted };
    }

    /// <summary>No network interface or volume is attached from here, so there is nothing an attachment could belong to.</summary>
    public static SubmitAttachmentStateChangesResponse Submit(SubmitAttachmentStateChangesRequest changes) =>
        changes.Attachments is null
            ? throw EcsErrors.Missing("attachments")
            : new SubmitAttachmentStateChangesResponse { Acknowledgment = Accepted };

    private void Apply(SubmitTaskStateChangeRequest change) => store.Update(state =>
        state.FindTask(change.Task) is { } task
            ? TaskTransition.Replace(state, task, TaskProgress.Apply(task, change, time.GetUtcNow()))
            : state);

    private static void CheckStatus(string? status, string member)
    {
        if (status is not null && !Statuses.Contains(status))
        {
            throw EcsErrors.InvalidParameter($"{member} must be one of {string.Join(", ", Statuses)}.");
        }
    }
}
