namespace Ecs.Agent.Protocol.Tcs;

/// <summary>The TCS shape <c>ContainerHealth</c>.</summary>
public sealed record ContainerHealth
{
    public string? ContainerName { get; init; }

    /// <summary>One of <c>HEALTHY</c>, <c>UNHEALTHY</c>, <c>UNKNOWN</c>.</summary>
    public string? HealthStatus { get; init; }

    public string? StatusMessage { get; init; }

    public DateTimeOffset? StatusSince { get; init; }
}
