namespace Ecs.Agent.Application.Tasks.StartTasks;

/// <summary>What became of a <see cref="StartTasksCommand"/>.</summary>
/// <param name="AllAccepted">Whether the payload may be acknowledged: every task is durably taken on and none was rejected.</param>
public sealed record StartTasksResult(bool AllAccepted);
