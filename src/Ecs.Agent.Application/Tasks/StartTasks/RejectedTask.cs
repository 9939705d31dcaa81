namespace Ecs.Agent.Application.Tasks.StartTasks;

/// <summary>A task that could not be understood.</summary>
/// <param name="TaskArn">Its ARN.</param>
/// <param name="Problem">What was wrong; reported as <c>UnrecogniedTaskError: Error loading task - </c> and this text.</param>
public sealed record RejectedTask(string TaskArn, string Problem);
