using MediatR;

namespace Ecs.Agent.Application.Tasks.ExplainTask;

/// <summary>Asks why a task is as it is: what it waits for, or what made it stop.</summary>
/// <param name="Task">The task's ARN, its id, or the beginning of its id if no other task's id begins so.</param>
/// <param name="LogLines">How many of the last lines of each container are wanted; 0 for none.</param>
public sealed record ExplainTaskQuery(string Task, int LogLines) : IRequest<ExplainTaskResult>;
