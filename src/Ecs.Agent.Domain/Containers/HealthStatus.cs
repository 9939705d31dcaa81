namespace Ecs.Agent.Domain.Containers;

/// <summary>What Docker's health check says of a container.</summary>
public enum HealthStatus
{
    /// <summary>No health check, still starting, or not yet observed.</summary>
    Unknown,
    Healthy,
    Unhealthy,
}
