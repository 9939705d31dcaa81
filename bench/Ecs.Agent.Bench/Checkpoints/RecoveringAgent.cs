using System.Collections.Concurrent;
using System.Diagnostics;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.Tasks;
using Ecs.Agent.Bench.Engine;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Infrastructure.Checkpoints;
using Ecs.Agent.Infrastructure.Docker;
using Microsoft.Extensions.DependencyInjection;

namespace Ecs.Agent.Bench.Checkpoints;

/// <summary>An agent that starts on what an earlier life saved, with the real store and the real Docker.</summary>
internal sealed class RecoveringAgent(int tasks) : ITaskObserver
{
    private readonly ConcurrentDictionary<string, bool> _looked = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>From the opening of the state until every container has been looked at and that is saved.</summary>
    public static async Task<TimeSpan> MeasureAsync(string dataDirectory, int tasks)
    {
        var agent = new RecoveringAgent(tasks);
        var options = new AgentOptions
        {
            Region = "us-east-1",
            ImagePullBehavior = ImagePullBehavior.PreferCached,
            Checkpoint = true,
            DataDirectory = dataDirectory,
            DockerHost = new Uri(Machine.DockerHost),
        };
        var watch = Stopwatch.StartNew();
        await using var engine = await BareEngine.StartAsync(
            options, services => services.AddDockerRuntime().AddCheckpoints(options).AddSingleton<ITaskObserver>(agent));
        await agent._done.Task;
        return watch.Elapsed;
    }

    public void OnChanged(EcsTask? before, EcsTask after)
    {
        if (after.Containers.All(c => c.LastLookAt is not null && !c.Unconfirmed) && _looked.TryAdd(after.Arn, true) && _looked.Count == tasks)
        {
            _done.TrySetResult();
        }
    }
}
