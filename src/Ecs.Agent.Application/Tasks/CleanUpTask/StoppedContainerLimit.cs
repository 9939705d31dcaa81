using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.Tasks.Owners;
using Ecs.Agent.Domain.Tasks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Application.Tasks.CleanUpTask;

/// <summary>
/// Keeps at most <c>ECS_MAX_STOPPED_CONTAINERS</c> containers of stopped tasks: a task that fails as fast as it is replaced would leave
/// thousands until their time has come.
/// </summary>
internal sealed partial class StoppedContainerLimit(
    StoppedTaskSignal signal, TaskOwners owners, AgentOptions options, TimeProvider time, ILogger<StoppedContainerLimit> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.MaxStoppedContainers is not { } most)
        {
            return;
        }

        await foreach (var _ in signal.ReadAllAsync(stoppingToken).ConfigureAwait(false))
        {
            foreach (var taskArn in StoppedTaskLimit.Excess(owners.All(), most))
            {
                LogExcess(taskArn, most);
                owners.Post(taskArn, new TaskEvent.CleanUpRequested(time.GetUtcNow()));
            }
        }
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Task {TaskArn}: cleaned up early, stopped tasks have left more than {Most} containers (ECS_MAX_STOPPED_CONTAINERS)")]
    private partial void LogExcess(string taskArn, int most);
}
