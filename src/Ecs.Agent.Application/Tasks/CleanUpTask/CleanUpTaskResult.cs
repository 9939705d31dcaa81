namespace Ecs.Agent.Application.Tasks.CleanUpTask;

/// <summary>What became of a <see cref="CleanUpTaskCommand"/>.</summary>
/// <param name="Known">Whether there is such a task.</param>
public sealed record CleanUpTaskResult(bool Known);
