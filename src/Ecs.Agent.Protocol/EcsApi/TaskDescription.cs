namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>Task</c>.</summary>
public sealed record TaskDescription
{
    public IReadOnlyList<Attachment>? Attachments { get; init; }

    public IReadOnlyList<EcsAttribute>? Attributes { get; init; }

    public string? AvailabilityZone { get; init; }

    public string? CapacityProviderName { get; init; }

    public string? ClusterArn { get; init; }

    /// <summary>One of <c>CONNECTED</c>, <c>DISCONNECTED</c>.</summary>
    public string? Connectivity { get; init; }

    public DateTimeOffset? ConnectivityAt { get; init; }

    public string? ContainerInstanceArn { get; init; }

    public IReadOnlyList<ContainerDescription>? Containers { get; init; }

    public string? Cpu { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public string? DesiredStatus { get; init; }

    public bool? EnableExecuteCommand { get; init; }

    public DateTimeOffset? ExecutionStoppedAt { get; init; }

    public string? Group { get; init; }

    /// <summary>One of <c>HEALTHY</c>, <c>UNHEALTHY</c>, <c>UNKNOWN</c>.</summary>
    public string? HealthStatus { get; init; }

    public IReadOnlyList<InferenceAccelerator>? InferenceAccelerators { get; init; }

    public string? LastStatus { get; init; }

    /// <summary>One of <c>EC2</c>, <c>FARGATE</c>, <c>EXTERNAL</c>, <c>MANAGED_INSTANCES</c>.</summary>
    public string? LaunchType { get; init; }

    public string? Memory { get; init; }

    public TaskOverride? Overrides { get; init; }

    public string? PlatformVersion { get; init; }

    public string? PlatformFamily { get; init; }

    public DateTimeOffset? PullStartedAt { get; init; }

    public DateTimeOffset? PullStoppedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public string? StartedBy { get; init; }

    /// <summary>One of <c>TaskFailedToStart</c>, <c>EssentialContainerExited</c>, <c>UserInitiated</c>, <c>ServiceSchedulerInitiated</c>, <c>SpotInterruption</c>, <c>TerminationNotice</c>.</summary>
    public string? StopCode { get; init; }

    public DateTimeOffset? StoppedAt { get; init; }

    public string? StoppedReason { get; init; }

    public DateTimeOffset? StoppingAt { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }

    public string? TaskArn { get; init; }

    public string? TaskDefinitionArn { get; init; }

    public long? Version { get; init; }

    public EphemeralStorage? EphemeralStorage { get; init; }

    public TaskEphemeralStorage? FargateEphemeralStorage { get; init; }
}
