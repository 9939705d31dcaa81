namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>RegisterTaskDefinitionRequest</c>.</summary>
public sealed record RegisterTaskDefinitionRequest
{
    /// <summary>Required.</summary>
    public string? Family { get; init; }

    public string? TaskRoleArn { get; init; }

    public string? ExecutionRoleArn { get; init; }

    /// <summary>One of <c>bridge</c>, <c>host</c>, <c>awsvpc</c>, <c>none</c>.</summary>
    public string? NetworkMode { get; init; }

    /// <summary>Required.</summary>
    public IReadOnlyList<ContainerDefinition>? ContainerDefinitions { get; init; }

    public IReadOnlyList<Volume>? Volumes { get; init; }

    public IReadOnlyList<TaskDefinitionPlacementConstraint>? PlacementConstraints { get; init; }

    public IReadOnlyList<string>? RequiresCompatibilities { get; init; }

    public string? Cpu { get; init; }

    public string? Memory { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }

    /// <summary>One of <c>host</c>, <c>task</c>.</summary>
    public string? PidMode { get; init; }

    /// <summary>One of <c>host</c>, <c>task</c>, <c>none</c>.</summary>
    public string? IpcMode { get; init; }

    public ProxyConfiguration? ProxyConfiguration { get; init; }

    public IReadOnlyList<InferenceAccelerator>? InferenceAccelerators { get; init; }

    public EphemeralStorage? EphemeralStorage { get; init; }

    public RuntimePlatform? RuntimePlatform { get; init; }

    public bool? EnableFaultInjection { get; init; }
}
