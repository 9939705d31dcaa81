using MediatR;

namespace Ecs.Agent.Application.Tasks.CleanUpTask;

/// <summary>
/// Removes a stopped task's containers and volumes now instead of after the configured wait. A task that still runs is cleaned up as soon
/// as it has stopped and the control plane knows.
/// </summary>
public sealed record CleanUpTaskCommand(string TaskArn) : IRequest<CleanUpTaskResult>;
