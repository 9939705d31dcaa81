namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>RunTaskRequest</c>.</summary>
public sealed record RunTaskRequest
{
    public IReadOnlyList<CapacityProviderStrategyItem>? CapacityProviderStrategy { get; init; }

    public string? Cluster { get; init; }

    public int? Count { get; init; }

    public bool? EnableECSManagedTags { get; init; }

    public bool? EnableExecuteCommand { get; init; }

    public string? Group { get; init; }

    /// <summary>One of <c>EC2</c>, <c>FARGATE</c>, <c>EXTERNAL</c>, <c>MANAGED_INSTANCES</c>.</summary>
    public string? LaunchType { get; init; }

    public NetworkConfiguration? NetworkConfiguration { get; init; }

    public TaskOverride? Overrides { get; init; }

    public IReadOnlyList<PlacementConstraint>? PlacementConstraints { get; init; }

    public IReadOnlyList<PlacementStrategy>? PlacementStrategy { get; init; }

    public string? PlatformVersion { get; init; }

    /// <summary>One of <c>TASK_DEFINITION</c>, <c>SERVICE</c>, <c>NONE</c>.</summary>
    public string? PropagateTags { get; init; }

    public string? ReferenceId { get; init; }

    public string? StartedBy { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }

    /// <summary>Required.</summary>
    public string? TaskDefinition { get; init; }

    public string? ClientToken { get; init; }

    public IReadOnlyList<TaskVolumeConfiguration>? VolumeConfigurations { get; init; }
}
