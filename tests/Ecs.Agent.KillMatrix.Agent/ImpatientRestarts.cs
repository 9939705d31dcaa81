using Ecs.Agent.Application.Tasks.StartTasks;
using MediatR;

namespace Ecs.Agent.KillPoints;

/// <summary>ECS takes no restart policy that waits for less than a minute; a matrix of a hundred runs cannot wait that long.</summary>
internal sealed class ImpatientRestarts(IRequestHandler<StartTasksCommand, StartTasksResult> inner)
    : IRequestHandler<StartTasksCommand, StartTasksResult>
{
    public Task<StartTasksResult> Handle(StartTasksCommand request, CancellationToken cancellationToken) => inner.Handle(
        request with
        {
            Tasks =
            [
                .. request.Tasks.Select(task => task with
                {
                    Containers =
                    [
                        .. task.Containers.Select(container => container with
                        {
                            RestartPolicy = container.RestartPolicy is { } policy ? policy with { AttemptPeriod = TimeSpan.Zero } : null,
                        }),
                    ],
                }),
            ],
        },
        cancellationToken);
}
