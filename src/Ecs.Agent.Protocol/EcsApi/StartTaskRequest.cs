namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>StartTaskRequest</c>.</summary>
public sealed record StartTaskRequest
{
    public string? Cluster { get; init; }

    /// <summary>Required.</summary>
    public IReadOnlyList<string>? ContainerInstances { get; init; }

    public bool? EnableECSManagedTags { get; init; }

    public bool? EnableExecuteCommand { get; init; }

    public string? Group { get; init; }

    public NetworkConfiguration? NetworkConfiguration { get; init; }

    public TaskOverride? Overrides { get; init; }

    /// <summary>One of <c>TASK_DEFINITION</c>, <c>SERVICE</c>, <c>NONE</c>.</summary>
    public string? PropagateTags { get; init; }

    public string? ReferenceId { get; init; }

    public string? StartedBy { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }

    /// <summary>Required.</summary>
    public string? TaskDefinition { get; init; }

    public IReadOnlyList<TaskVolumeConfiguration>? VolumeConfigurations { get; init; }
}
