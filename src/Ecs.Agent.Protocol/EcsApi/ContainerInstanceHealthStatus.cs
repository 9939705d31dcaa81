namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>ContainerInstanceHealthStatus</c>.</summary>
public sealed record ContainerInstanceHealthStatus
{
    /// <summary>One of <c>OK</c>, <c>IMPAIRED</c>, <c>INSUFFICIENT_DATA</c>, <c>INITIALIZING</c>.</summary>
    public string? OverallStatus { get; init; }

    public IReadOnlyList<InstanceHealthCheckResult>? Details { get; init; }
}
