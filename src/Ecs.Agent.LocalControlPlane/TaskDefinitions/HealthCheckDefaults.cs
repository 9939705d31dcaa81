namespace Ecs.Agent.LocalControlPlane.TaskDefinitions;

/// <summary>What ECS takes for members that a health check leaves out.</summary>
internal static class HealthCheckDefaults
{
    public const int IntervalSeconds = 30;
    public const int TimeoutSeconds = 5;
    public const int Retries = 3;
}
