namespace Ecs.Agent.Domain.Planning;

/// <summary>
/// The configured times and switches that planning goes by. One per task and life of the agent: what is drawn by chance is drawn once.
/// </summary>
public sealed record PlanningPolicy
{
    /// <summary>Grace period of containers that name none.</summary>
    public TimeSpan DefaultStopTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>From STOPPED to the removal of the containers; the same in every life of the agent.</summary>
    public TimeSpan CleanupWait { get; init; } = TimeSpan.FromHours(3);

    /// <summary>A container's progress waits this long for the task's own, so that both travel in one report; 10 to 30 s.</summary>
    public TimeSpan ReportHoldBack { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>A running container is looked at after this long without news; 5 min and up to 30 s.</summary>
    public TimeSpan SteadyStateLook { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary><c>ECS_PULL_DEPENDENT_CONTAINERS_UPFRONT</c>: pull before dependencies are met.</summary>
    public bool PullUpfront { get; init; }
}
