namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The ECS API shape <c>HealthCheck</c>.</summary>
public sealed record HealthCheck
{
    /// <summary>Required.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    public int? Interval { get; init; }

    public int? Timeout { get; init; }

    public int? Retries { get; init; }

    public int? StartPeriod { get; init; }
}
