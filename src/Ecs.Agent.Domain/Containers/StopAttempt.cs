namespace Ecs.Agent.Domain.Containers;

/// <summary>
/// A stop as it was asked of Docker: with it and the container's end one can tell whether the container heeded its stop signal.
/// </summary>
/// <param name="At">When Docker was asked, which sends the signal at once.</param>
/// <param name="GracePeriod">From then to KILL.</param>
public sealed record StopAttempt(DateTimeOffset At, TimeSpan GracePeriod);
