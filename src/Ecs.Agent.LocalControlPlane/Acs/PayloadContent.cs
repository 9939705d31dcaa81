using Ecs.Agent.LocalControlPlane.ContainerInstances;
using Ecs.Agent.LocalControlPlane.State;
using Ecs.Agent.LocalControlPlane.TaskDefinitions;
using Ecs.Agent.LocalControlPlane.Tasks;
using Ecs.Agent.Protocol.Acs;

namespace Ecs.Agent.LocalControlPlane.Acs;

/// <summary>Fills a numbered payload with what its tasks are to do now. Pure.</summary>
internal static class PayloadContent
{
    public static PayloadMessage Of(ControlPlaneState state, ContainerInstance instance, OutboundPayload payload, DateTimeOffset now) =>
        new()
        {
            MessageId = payload.MessageId,
            SeqNum = payload.SeqNum,
            ClusterArn = instance.ClusterArn,
            ContainerInstanceArn = instance.Arn,
            GeneratedAt = now.ToUnixTimeMilliseconds(),
            Tasks = [.. payload.TaskArns.Select(state.FindTask).OfType<PlacedTask>().Select(task => Of(task, instance))],
        };

    private static AcsTask Of(PlacedTask task, ContainerInstance instance) => task.StopDesired ? Stop(task) : Run(task, instance);

    // The agent keeps no account of a FARGATE task's resources, so a task on this machine is always one of its own kind.
    private static AcsTask Run(PlacedTask task, ContainerInstance instance) => PayloadTranslator.Translate(new PayloadRequest
    {
        AuthenticatesWithEcr = false,
        Definition = task.Definition.Adaptation.Definition,
        TaskArn = task.Arn,
        ClusterArn = task.ClusterArn,
        LaunchType = instance.Attribute("ecs.capability.external") is null ? "EC2" : "EXTERNAL",
        ContainerArns = [.. task.Containers.Select(container => container.Arn)],
        Group = task.Group,
        Gpus = [.. task.Containers.SelectMany(container => container.GpuIds.Select(id => new GpuAssignment(id, container.Name)))],
        Overrides = task.Overrides,
    });

    // An agent that never heard of the task still reports it STOPPED, provided it is told the containers.
    private static AcsTask Stop(PlacedTask task) => new()
    {
        Arn = task.Arn,
        TaskClusterArn = task.ClusterArn,
        Family = task.Definition.Definition.Family,
        Version = $"{task.Definition.Definition.Revision}",
        DesiredStatus = "STOPPED",
        Containers = [.. task.Containers.Select(Named)],
    };

    private static AcsContainer Named(PlacedContainer container) =>
        new() { Name = container.Name, Image = container.Image, Essential = container.Essential };
}
