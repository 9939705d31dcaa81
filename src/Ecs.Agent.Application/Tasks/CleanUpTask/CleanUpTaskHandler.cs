using Ecs.Agent.Application.Tasks.Owners;
using Ecs.Agent.Domain.Tasks;
using MediatR;

namespace Ecs.Agent.Application.Tasks.CleanUpTask;

/// <summary>Cleans a task up; see <see cref="CleanUpTaskCommand"/>.</summary>
internal sealed class CleanUpTaskHandler(TaskOwners owners, TimeProvider time) : IRequestHandler<CleanUpTaskCommand, CleanUpTaskResult>
{
    public Task<CleanUpTaskResult> Handle(CleanUpTaskCommand request, CancellationToken cancellationToken) =>
        Task.FromResult(new CleanUpTaskResult(owners.Post(request.TaskArn, new TaskEvent.CleanUpRequested(time.GetUtcNow()))));
}
