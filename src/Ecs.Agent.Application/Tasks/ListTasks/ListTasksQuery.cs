using MediatR;

namespace Ecs.Agent.Application.Tasks.ListTasks;

/// <summary>Asks for all tasks of this agent and why each is as it is; <c>ExplanationText.Summary</c> says that in one line.</summary>
public sealed record ListTasksQuery : IRequest<ListTasksResult>;
