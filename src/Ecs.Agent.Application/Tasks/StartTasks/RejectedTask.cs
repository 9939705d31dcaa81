namespace Ecs.Agent.Application.Tasks.StartTasks;

/// <summary>A task that could not be understood, or that was understood and cannot be prepared.</summary>
/// <param name="TaskArn">Its ARN.</param>
/// <param name="Problem">
/// What was wrong; reported as <c>UnrecogniedTaskError: Error loading task - </c> and this text, or, of a task that was understood, as
/// <c>resource cannot be initialized for task arn: </c> and this text.
/// </param>
/// <param name="Understood">
/// Whether the payload's text was all right and only what it asks for cannot be prepared. Sending such a task again would not help, so it
/// is no reason to withhold the acknowledgement.
/// </param>
public sealed record RejectedTask(string TaskArn, string Problem, bool Understood = false);
