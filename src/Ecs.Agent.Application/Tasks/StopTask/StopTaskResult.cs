namespace Ecs.Agent.Application.Tasks.StopTask;

/// <summary>What became of a <see cref="StopTaskCommand"/>.</summary>
/// <param name="Known">Whether the task was known, or has become so.</param>
public sealed record StopTaskResult(bool Known);
