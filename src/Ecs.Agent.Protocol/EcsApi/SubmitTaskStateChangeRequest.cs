namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>SubmitTaskStateChangeRequest</c>.</summary>
public sealed record SubmitTaskStateChangeRequest
{
    public string? Cluster { get; init; }

    public string? Task { get; init; }

    public string? Status { get; init; }

    public string? Reason { get; init; }

    public IReadOnlyList<ContainerStateChange>? Containers { get; init; }

    public IReadOnlyList<AttachmentStateChange>? Attachments { get; init; }

    public IReadOnlyList<ManagedAgentStateChange>? ManagedAgents { get; init; }

    public DateTimeOffset? PullStartedAt { get; init; }

    public DateTimeOffset? PullStoppedAt { get; init; }

    public DateTimeOffset? ExecutionStoppedAt { get; init; }
}
