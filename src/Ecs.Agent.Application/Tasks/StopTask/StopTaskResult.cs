namespace Ecs.Agent.Application.Tasks.StopTask;

/// <summary>What became of a <see cref="StopTaskCommand"/>.</summary>
/// <param name="Known">Whether the task was known, or has become so.</param>
/// <param name="Durable">
/// Whether no kill of the agent can lose the stop. When it is false the task is being stopped all the same, but the command must not be
/// acknowledged.
/// </param>
public sealed record StopTaskResult(bool Known, bool Durable = true);
