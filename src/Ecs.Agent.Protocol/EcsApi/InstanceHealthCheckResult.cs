namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>InstanceHealthCheckResult</c>.</summary>
public sealed record InstanceHealthCheckResult
{
    /// <summary>One of <c>CONTAINER_RUNTIME</c>, <c>ACCELERATED_COMPUTE</c>, <c>DAEMON</c>.</summary>
    public string? Type { get; init; }

    /// <summary>One of <c>OK</c>, <c>IMPAIRED</c>, <c>INSUFFICIENT_DATA</c>, <c>INITIALIZING</c>.</summary>
    public string? Status { get; init; }

    public string? StatusReason { get; init; }

    public DateTimeOffset? LastUpdated { get; init; }

    public DateTimeOffset? LastStatusChange { get; init; }
}
