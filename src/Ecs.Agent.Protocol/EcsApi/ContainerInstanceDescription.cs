namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>ContainerInstance</c>.</summary>
public sealed record ContainerInstanceDescription
{
    public string? ContainerInstanceArn { get; init; }

    public string? Ec2InstanceId { get; init; }

    public string? CapacityProviderName { get; init; }

    public long? Version { get; init; }

    public VersionInfo? VersionInfo { get; init; }

    public IReadOnlyList<Resource>? RemainingResources { get; init; }

    public IReadOnlyList<Resource>? RegisteredResources { get; init; }

    public string? Status { get; init; }

    public string? StatusReason { get; init; }

    public bool? AgentConnected { get; init; }

    public int? RunningTasksCount { get; init; }

    public int? PendingTasksCount { get; init; }

    /// <summary>One of <c>PENDING</c>, <c>STAGING</c>, <c>STAGED</c>, <c>UPDATING</c>, <c>UPDATED</c>, <c>FAILED</c>.</summary>
    public string? AgentUpdateStatus { get; init; }

    public IReadOnlyList<EcsAttribute>? Attributes { get; init; }

    public DateTimeOffset? RegisteredAt { get; init; }

    public IReadOnlyList<Attachment>? Attachments { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }

    public ContainerInstanceHealthStatus? HealthStatus { get; init; }
}
