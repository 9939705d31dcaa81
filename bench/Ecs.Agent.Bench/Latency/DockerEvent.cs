namespace Ecs.Agent.Bench.Latency;

/// <summary>One event of Docker's stream.</summary>
/// <param name="Action">Such as <c>die</c> or <c>health_status: healthy</c>.</param>
/// <param name="TaskArn">The task that the container belongs to.</param>
/// <param name="Container">Its name in the task.</param>
/// <param name="At">When it happened, as Docker has it.</param>
/// <param name="HeardAt">When it was read from the stream: no agent can know earlier.</param>
internal sealed record DockerEvent(string Action, string TaskArn, string Container, DateTimeOffset At, DateTimeOffset HeardAt);
