using Ecs.Agent.LocalControlPlane.State;
using Ecs.Agent.LocalControlPlane.Tasks;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.ContainerInstances;

/// <summary>A container instance as the ECS API shows it.</summary>
internal static class ContainerInstanceView
{
    public const string Active = "ACTIVE";

    public static ContainerInstanceDescription Describe(ControlPlaneState state, ContainerInstance instance, bool withTags = false)
    {
        var tasks = state.TasksOn(instance).ToList();
        return new ContainerInstanceDescription
        {
            ContainerInstanceArn = instance.Arn,
            Ec2InstanceId = instance.Ec2InstanceId,
            Version = instance.Version,
            VersionInfo = instance.VersionInfo,
            RemainingResources = instance.Remaining.ToResources(),
            RegisteredResources = instance.Registered.ToResources(),
            Status = Active,
            AgentConnected = instance.IsConnected,
            RunningTasksCount = tasks.Count(task => task.Status is TaskLifecycle.Running),
            PendingTasksCount = tasks.Count(task => task.Status < TaskLifecycle.Running),
            Attributes = instance.Attributes,
            RegisteredAt = instance.RegisteredAt,
            Attachments = [],
            Tags = withTags ? instance.Tags : [],
        };
    }
}
