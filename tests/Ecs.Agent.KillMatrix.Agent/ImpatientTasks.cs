using System.Text.Json.Nodes;
using Ecs.Agent.Application.Tasks.StartTasks;
using Ecs.Agent.Domain.Containers;
using MediatR;

namespace Ecs.Agent.KillPoints;

/// <summary>
/// ECS takes no restart policy that waits for less than a minute and no health check that is made more often than every five seconds; a matrix
/// of a hundred runs cannot wait that long.
/// </summary>
internal sealed class ImpatientTasks(IRequestHandler<StartTasksCommand, StartTasksResult> inner)
    : IRequestHandler<StartTasksCommand, StartTasksResult>
{
    private const long NanosecondsBetweenHealthChecks = 300_000_000;

    public Task<StartTasksResult> Handle(StartTasksCommand request, CancellationToken cancellationToken) => inner.Handle(
        request with { Tasks = [.. request.Tasks.Select(task => task with { Containers = [.. task.Containers.Select(Hurry)] })] },
        cancellationToken);

    private static ContainerDefinition Hurry(ContainerDefinition container) => container with
    {
        RestartPolicy = container.RestartPolicy is { } policy ? policy with { AttemptPeriod = TimeSpan.Zero } : null,
        DockerConfig = container.HasHealthCheck ? container.DockerConfig with { Config = Hurry(container.DockerConfig.Config!) } : container.DockerConfig,
    };

    private static string Hurry(string config)
    {
        var json = JsonNode.Parse(config)!;
        json["Healthcheck"]!["Interval"] = NanosecondsBetweenHealthChecks;
        return json.ToJsonString();
    }
}
