using System.Collections.Immutable;
using Ecs.Agent.Application.Tasks;
using Ecs.Agent.Domain.Resources;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Host.Agents;
using Ecs.Agent.Host.CommandLine;
using Ecs.Agent.Host.Logging;
using Ecs.Agent.Protocol.EcsApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Host.Local;

/// <summary>
/// <c>local up</c>: ECS on this machine until somebody stops it. What it knows dies with it, so its tasks are stopped first and their
/// containers removed, since nobody could find them again; unless it is asked to leave them.
/// </summary>
internal sealed class LocalUpSession(CommandConsole console, IReadOnlyDictionary<string, string> environment)
{
    public async Task<int> RunAsync(LocalUpOptions options, CancellationToken cancellationToken)
    {
        using var signals = StopSignals.OfProcess();
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(signals.Requested, cancellationToken);
        var log = new LogTarget(console.Error, options.Verbose ? LogLevel.Debug : LogLevels.Parse(environment.GetValueOrDefault(LogLevels.Variable)));
        try
        {
            await using var ecs = await LocalEcs.StartAsync(options.Port, environment, log, stopping.Token);
            try
            {
                await ServeAsync(ecs, options, log, stopping.Token);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                await EndAsync(ecs, options.Keep, signals.Insisted);
            }

            return ExitCodes.Success;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return ExitCodes.Success;
        }
        catch (LocalStartException failure)
        {
            console.Error.WriteLine($"ecs-agent: {failure.Message}");
            return failure.ExitCode;
        }
    }

    // Programs read the endpoint from the first line, so nothing comes before it.
    private async Task ServeAsync(LocalEcs ecs, LocalUpOptions options, LogTarget log, CancellationToken stopping)
    {
        console.Output.WriteLine(ecs.Endpoint);
        console.Output.Flush();
        for (var i = 0; i < options.Instances; i++)
        {
            await ecs.AddAgentAsync(environment, log, null, stopping);
        }

        console.Output.WriteLine($"{options.Instances} container instance{(options.Instances == 1 ? "" : "s")} in cluster default. Try:");
        console.Output.WriteLine($"  aws ecs list-container-instances --endpoint-url {ecs.Endpoint} --region {LocalEnvironment.Region}");
        console.Output.WriteLine(options.Keep ? "Ctrl-C ends it; its tasks run on." : "Ctrl-C stops its tasks and ends it.");
        console.Output.Flush();
        await StartUpMemory.GiveBackAndIdleAsync(stopping);
    }

    private async Task EndAsync(LocalEcs ecs, bool keep, CancellationToken insisted)
    {
        if (keep)
        {
            TellWhatIsLeft(ecs);
            return;
        }

        await StopTasksAsync(ecs, insisted);
    }

    private async Task StopTasksAsync(LocalEcs ecs, CancellationToken insisted)
    {
        var running = Tasks(ecs).Where(task => task.Known != EcsTaskStatus.Stopped).ToImmutableArray();
        if (!running.IsEmpty)
        {
            console.Error.WriteLine($"ecs-agent: stopping {running.Length} task{(running.Length == 1 ? "" : "s")}; once more to leave them running");
        }

        try
        {
            foreach (var task in running)
            {
                var request = new StopTaskRequest { Cluster = ClusterOf(task), Task = task.Arn, Reason = "The local ECS is being stopped" };
                ecs.ControlPlane.Api.StopTask(request);
            }

            foreach (var task in running)
            {
                await WatchToItsEndAsync(ecs, task, insisted);
            }

            foreach (var task in Tasks(ecs))
            {
                await ecs.CleanUpAsync(task, insisted);
            }
        }
        catch (OperationCanceledException) when (insisted.IsCancellationRequested)
        {
            TellWhatIsLeft(ecs);
        }
    }

    /// <summary>Nobody else will know these names once it has ended.</summary>
    private void TellWhatIsLeft(LocalEcs ecs)
    {
        var tasks = Tasks(ecs).ToList();
        var running = tasks.Count(task => task.Known != EcsTaskStatus.Stopped);
        var containers = tasks.SelectMany(task => task.Containers)
            .Where(container => container is { RuntimeId: not null, Removed: false })
            .Select(container => container.DockerName)
            .ToList();
        if (containers.Count == 0)
        {
            return;
        }

        var volumes = tasks.SelectMany(task => task.Resources)
            .Where(state => state.Status == ResourceStatus.Created)
            .Select(state => (state.Resource as TaskResource.DockerVolume)?.Volume)
            .OfType<TaskVolume.TaskScoped>()
            .Select(volume => volume.DockerName)
            .ToList();
        var andVolumes = volumes.Count == 0 ? "" : $" && docker volume rm {string.Join(' ', volumes)}";
        console.Error.WriteLine($"ecs-agent: {running} task{(running == 1 ? "" : "s")} left running; to remove what is left:");
        console.Error.WriteLine($"  docker rm -f -v {string.Join(' ', containers)}{andVolumes}");
    }

    /// <summary>The control plane's view of a task ends when the task does.</summary>
    private static async Task WatchToItsEndAsync(LocalEcs ecs, EcsTask task, CancellationToken insisted)
    {
        await foreach (var state in ecs.ControlPlane.Watch(task.Arn, insisted))
        {
            _ = state;
        }
    }

    private static IEnumerable<EcsTask> Tasks(LocalEcs ecs) =>
        ecs.Agents.SelectMany(agent => agent.Services.GetRequiredService<ITaskDirectory>().All());

    // arn:aws:ecs:region:account:task/cluster/id
    private static string? ClusterOf(EcsTask task) => task.Arn.Split('/') is [_, var cluster, _] ? cluster : null;
}
