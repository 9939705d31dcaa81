using System.Globalization;
using Ecs.Agent.LocalControlPlane.ContainerInstances;
using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.Tasks;

/// <summary>A task as the ECS API shows it.</summary>
internal static class TaskView
{
    /// <param name="task">The task.</param>
    /// <param name="instance">The instance it was placed on, when that is still known.</param>
    /// <param name="withTags">Whether the caller asked for the tags; without, ECS shows an empty list.</param>
    public static TaskDescription Describe(PlacedTask task, ContainerInstance? instance, bool withTags = false) => new()
    {
        Attachments = [],
        Attributes = instance?.Architecture is { } architecture ? [architecture] : [],
        AvailabilityZone = instance?.AvailabilityZone,
        ClusterArn = task.ClusterArn,
        Connectivity = instance?.ConnectionId is null ? "DISCONNECTED" : "CONNECTED",
        ConnectivityAt = instance?.ConnectivityAt is { } at && at > task.CreatedAt ? at : task.CreatedAt,
        ContainerInstanceArn = task.ContainerInstanceArn,
        Containers = [.. task.Containers.Select(container => Describe(task, container))],
        Cpu = Text(task.Needs.Cpu),
        CreatedAt = task.CreatedAt,
        DesiredStatus = task.StopDesired ? "STOPPED" : "RUNNING",
        EnableExecuteCommand = task.EnableExecuteCommand,
        ExecutionStoppedAt = task.ExecutionStoppedAt,
        Group = task.Group,
        HealthStatus = task.HealthStatus,
        LastStatus = Name(task.Status),
        LaunchType = task.LaunchType,
        Memory = Text(task.Needs.Memory),
        Overrides = Overrides(task),
        PullStartedAt = task.PullStartedAt,
        PullStoppedAt = task.PullStoppedAt,
        StartedAt = task.StartedAt,
        StartedBy = task.StartedBy,
        StopCode = task.StopCode,
        StoppedAt = task.StoppedAt,
        StoppedReason = task.StoppedReason,
        StoppingAt = task.StoppingAt,
        Tags = withTags ? task.Tags : [],
        TaskArn = task.Arn,
        TaskDefinitionArn = task.Definition.Arn,
        Version = task.Version,
    };

    private static ContainerDescription Describe(PlacedTask task, PlacedContainer container) => new()
    {
        ContainerArn = container.Arn,
        TaskArn = task.Arn,
        Name = container.Name,
        Image = container.Image,
        ImageDigest = container.ImageDigest,
        RuntimeId = container.RuntimeId,
        LastStatus = Name(container.Status),
        ExitCode = container.ExitCode,
        Reason = container.Reason,
        NetworkBindings = container.NetworkBindings,
        NetworkInterfaces = [],
        HealthStatus = container.HealthStatus,
        ManagedAgents = container.ManagedAgents.IsEmpty ? null : container.ManagedAgents,
        Cpu = Text(container.Cpu),
        Memory = container.Memory is { } memory ? Text(memory) : null,
        MemoryReservation = container.MemoryReservation is { } reservation ? Text(reservation) : null,
        GpuIds = container.GpuIds.IsEmpty ? null : container.GpuIds,
    };

    // ECS lists every container under the overrides, also those that nothing was overridden for.
    private static TaskOverride Overrides(PlacedTask task)
    {
        var given = task.Overrides?.ContainerOverrides ?? [];
        return (task.Overrides ?? new TaskOverride()) with
        {
            ContainerOverrides =
            [
                .. task.Containers.Select(container =>
                    given.FirstOrDefault(entry => entry.Name == container.Name) ?? new ContainerOverride { Name = container.Name }),
            ],
            InferenceAcceleratorOverrides = task.Overrides?.InferenceAcceleratorOverrides ?? [],
        };
    }

    private static string Name(Enum status) => status.ToString().ToUpperInvariant();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
