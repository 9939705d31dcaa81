namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>TaskDefinition</c>.</summary>
public sealed record TaskDefinition
{
    public string? TaskDefinitionArn { get; init; }

    public IReadOnlyList<ContainerDefinition>? ContainerDefinitions { get; init; }

    public string? Family { get; init; }

    public string? TaskRoleArn { get; init; }

    public string? ExecutionRoleArn { get; init; }

    /// <summary>One of <c>bridge</c>, <c>host</c>, <c>awsvpc</c>, <c>none</c>.</summary>
    public string? NetworkMode { get; init; }

    public int? Revision { get; init; }

    public IReadOnlyList<Volume>? Volumes { get; init; }

    /// <summary>One of <c>ACTIVE</c>, <c>INACTIVE</c>, <c>DELETE_IN_PROGRESS</c>.</summary>
    public string? Status { get; init; }

    public IReadOnlyList<EcsAttribute>? RequiresAttributes { get; init; }

    public IReadOnlyList<TaskDefinitionPlacementConstraint>? PlacementConstraints { get; init; }

    public IReadOnlyList<string>? Compatibilities { get; init; }

    public RuntimePlatform? RuntimePlatform { get; init; }

    public IReadOnlyList<string>? RequiresCompatibilities { get; init; }

    public string? Cpu { get; init; }

    public string? Memory { get; init; }

    public IReadOnlyList<InferenceAccelerator>? InferenceAccelerators { get; init; }

    /// <summary>One of <c>host</c>, <c>task</c>.</summary>
    public string? PidMode { get; init; }

    /// <summary>One of <c>host</c>, <c>task</c>, <c>none</c>.</summary>
    public string? IpcMode { get; init; }

    public ProxyConfiguration? ProxyConfiguration { get; init; }

    public DateTimeOffset? RegisteredAt { get; init; }

    public DateTimeOffset? DeregisteredAt { get; init; }

    public DateTimeOffset? DeleteRequestedAt { get; init; }

    public string? RegisteredBy { get; init; }

    public EphemeralStorage? EphemeralStorage { get; init; }

    public bool? EnableFaultInjection { get; init; }
}
