using Ecs.Agent.Domain.Tasks;
using MediatR;

namespace Ecs.Agent.Application.Tasks.StopTask;

/// <summary>
/// Stops a task. Sticky: nothing starts it again, and once answered no kill of the agent loses it. A task that
/// this agent has never seen is reported STOPPED at once, provided <paramref name="Definition"/> says what it was.
/// </summary>
public sealed record StopTaskCommand(string TaskArn, TaskDefinition? Definition) : IRequest<StopTaskResult>;
