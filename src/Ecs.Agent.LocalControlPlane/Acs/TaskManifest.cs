using Ecs.Agent.LocalControlPlane.ContainerInstances;
using Ecs.Agent.LocalControlPlane.State;
using Ecs.Agent.Protocol.Acs;

namespace Ecs.Agent.LocalControlPlane.Acs;

/// <summary>
/// What the agent should have: sent after each connect. The agent names the tasks it runs that are not listed as RUNNING, and stops those
/// that are confirmed. Pure.
/// </summary>
internal static class TaskManifest
{
    public static TaskManifestMessage Of(ControlPlaneState state, ContainerInstance instance, string messageId, DateTimeOffset now) => new()
    {
        MessageId = messageId,
        ClusterArn = instance.ClusterArn,
        ContainerInstanceArn = instance.Arn,
        Timeline = instance.Sequence,
        GeneratedAt = now.ToUnixTimeMilliseconds(),
        Tasks =
        [
            .. state.TasksOn(instance)
                .Where(task => !task.IsStopped)
                .Select(task => Identifier(task.Arn, instance.ClusterArn, task.StopDesired)),
        ],
    };

    /// <summary>
    /// The answer to the agent's stop candidates: those meant to be stopped, and those that only an earlier life of this cluster can have
    /// started. Anything else, such as a task the agent runs for itself, is left alone.
    /// </summary>
    public static TaskStopVerificationAck Confirm(
        ControlPlaneState state, ContainerInstance instance, TaskStopVerificationMessage request, ResourceNames names, DateTimeOffset now)
    {
        var cluster = ResourceNames.LastSegment(instance.ClusterArn);
        var confirmed = (request.StopCandidates ?? [])
            .Select(candidate => candidate.TaskArn)
            .OfType<string>()
            .Where(arn => state.FindTask(arn) is { } task ? task.StopDesired : names.IsTaskOf(cluster, arn));
        return new TaskStopVerificationAck
        {
            MessageId = request.MessageId,
            GeneratedAt = now.ToUnixTimeMilliseconds(),
            StopTasks = [.. confirmed.Select(arn => Identifier(arn, instance.ClusterArn, stopped: true))],
        };
    }

    private static TaskIdentifier Identifier(string taskArn, string clusterArn, bool stopped) => new()
    {
        TaskArn = taskArn,
        TaskClusterArn = clusterArn,
        DesiredStatus = stopped ? "STOPPED" : "RUNNING",
    };
}
