using Ecs.Agent.Protocol.EcsApi;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Payload;

/// <summary>Puts RunTask's overrides into the definition. The command is left alone: the agent applies that one itself.</summary>
internal static class OverrideMerge
{
    public static TaskDefinition Apply(TaskDefinition definition, TaskOverride? overrides) =>
        overrides is null ? definition : definition with
        {
            Cpu = overrides.Cpu ?? definition.Cpu,
            Memory = overrides.Memory ?? definition.Memory,
            TaskRoleArn = overrides.TaskRoleArn ?? definition.TaskRoleArn,
            ExecutionRoleArn = overrides.ExecutionRoleArn ?? definition.ExecutionRoleArn,
            EphemeralStorage = overrides.EphemeralStorage ?? definition.EphemeralStorage,
            ContainerDefinitions =
        [
            .. (definition.ContainerDefinitions ?? []).Select(container => Apply(container, Of(overrides, container.Name))),
        ],
        };

    public static ContainerOverride? Of(TaskOverride? overrides, string? container) =>
        overrides?.ContainerOverrides?.FirstOrDefault(candidate => candidate.Name is not null && candidate.Name == container);

    private static ContainerDefinition Apply(ContainerDefinition container, ContainerOverride? change) =>
        change is null ? container : container with
        {
            Cpu = change.Cpu ?? container.Cpu,
            Memory = change.Memory ?? container.Memory,
            MemoryReservation = change.MemoryReservation ?? container.MemoryReservation,
            Environment = [.. container.Environment ?? [], .. change.Environment ?? []],
            EnvironmentFiles = change.EnvironmentFiles ?? container.EnvironmentFiles,
            ResourceRequirements = change.ResourceRequirements ?? container.ResourceRequirements,
        };
}
