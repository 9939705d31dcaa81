using Ecs.Agent.Application.Tasks.HostResources;
using Ecs.Agent.Application.Tasks.Owners;
using Ecs.Agent.Domain.Explaining;
using MediatR;

namespace Ecs.Agent.Application.Tasks.ListTasks;

/// <summary>Lists tasks; see <see cref="ListTasksQuery"/>.</summary>
internal sealed class ListTasksHandler(TaskOwners owners, HostResourceLedger hostResources, IPullQueue pulls, TimeProvider time)
    : IRequestHandler<ListTasksQuery, ListTasksResult>
{
    public Task<ListTasksResult> Handle(ListTasksQuery request, CancellationToken cancellationToken)
    {
        var (queue, pulling, now) = (hostResources.Snapshot, pulls.Snapshot(), time.GetUtcNow());
        return Task.FromResult(new ListTasksResult(
            [.. owners.Situations().Select(situation => TaskExplainer.Explain(situation, queue, pulling, now))]));
    }
}
