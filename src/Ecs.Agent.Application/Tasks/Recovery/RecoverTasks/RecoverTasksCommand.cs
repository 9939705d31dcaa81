using MediatR;

namespace Ecs.Agent.Application.Tasks.Recovery.RecoverTasks;

/// <summary>
/// Takes tasks on again whose containers are here and whose saved state is gone, and finds out which container instance this was. Comes before
/// the registration; waits for the container runtime.
/// </summary>
public sealed record RecoverTasksCommand : IRequest<RecoverTasksResult>;
