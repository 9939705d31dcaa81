using System.Diagnostics;
using System.Globalization;
using Ecs.Agent.Application.Checkpoints;
using Ecs.Agent.Bench.Engine;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Reporting;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Infrastructure.Checkpoints;
using Ecs.Agent.Infrastructure.Checkpoints.Files;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ecs.Agent.Bench.Checkpoints;

/// <summary>What it costs that every state is on the disk before it is acted on, and what it gains.</summary>
internal static class CheckpointBenchmark
{
    /// <summary>A burst of tasks on an instant runtime, so that the disk is what there is to wait for, against as many saves one by one.</summary>
    public static async Task RunBurstAsync(int tasks, int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            var path = Directory.CreateTempSubdirectory("ecs-agent-bench-").FullName;
            var (commits, writes, burst) = await BurstAsync(path, tasks);
            var alone = await OneByOneAsync(path, (int)writes);
            Directory.Delete(path, recursive: true);
            Output.Line($"burst of {tasks} tasks: {writes} saves in {commits} transactions of one sync each: {(double)commits / writes:0.000} syncs per transition");
            Output.Line($"  {burst.TotalMilliseconds:0} ms; the same saves with a sync each {alone.TotalMilliseconds:0} ms: ratio {burst / alone:0.00}");
        }
    }

    /// <summary>The tasks of an earlier life, each with a container of Docker's, until all have been looked at; against the raw API.</summary>
    public static async Task RunRecoveryAsync(int tasks, int rounds)
    {
        await using var containers = await IdleContainers.CreateAsync(tasks);
        for (var round = 0; round < rounds; round++)
        {
            var path = Directory.CreateTempSubdirectory("ecs-agent-bench-").FullName;
            await SaveAsync(path, containers.RuntimeIds);
            var raw = await containers.ListAndInspectAsync();
            var recovery = await RecoveringAgent.MeasureAsync(path, tasks);
            Directory.Delete(path, recursive: true);
            Output.Line(
                $"recovery of {tasks} tasks: {recovery.TotalMilliseconds:0} ms; listing and inspecting their containers with the raw API {raw.TotalMilliseconds:0} ms: ratio {recovery / raw:0.00}");
        }
    }

    private static async Task<(long Commits, long Writes, TimeSpan Took)> BurstAsync(string path, int tasks)
    {
        using var directory = DataDirectory.Take(path);
        using var store = Open(directory);
        await using var engine = await BareEngine.StartAsync(endsAtOnce: false, services => services.AddSingleton<ICheckpointStore>(store));
        var definitions = Enumerable.Range(0, tasks).Select(_ => BareEngine.Definition(containers: 1, cpu: 0)).ToList();
        var watch = Stopwatch.StartNew();
        await engine.RunAsync(definitions, ReportedStatus.Running);
        return (store.Commits, store.Writes, watch.Elapsed);
    }

    private static async Task<TimeSpan> OneByOneAsync(string path, int saves)
    {
        using var directory = DataDirectory.Take(path);
        using var store = Open(directory);
        var task = Up(BareEngine.Definition(containers: 1, cpu: 0), "id");
        await store.SaveAsync(task, default);
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < saves; i++)
        {
            await store.SaveAsync(task with { Containers = [task.Containers[0] with { RestartCount = i }] }, default);
        }

        return watch.Elapsed;
    }

    private static async Task SaveAsync(string path, IReadOnlyList<string> runtimeIds)
    {
        using var directory = DataDirectory.Take(path);
        using var store = Open(directory);
        await Task.WhenAll(runtimeIds.Select(id => store.SaveAsync(Up(BareEngine.Definition(containers: 1, cpu: 0), id), default).AsTask()));
    }

    private static EcsTask Up(TaskDefinition definition, string runtimeId)
    {
        var now = DateTimeOffset.UnixEpoch;
        var names = 0;
        return EcsTask.Admit(definition, () => string.Create(CultureInfo.InvariantCulture, $"{names++:x20}"), now)
            .Apply(new TaskEvent.HostResourcesGranted(now))
            .Apply(new TaskEvent.ManifestResolved(now, "c0", null, PullRequired: false))
            .Apply(new TaskEvent.ContainerCreated(now, "c0", runtimeId))
            .Apply(new TaskEvent.ContainerStarted(now, 0, "c0", new ContainerObservation { State = ObservedState.Running, RuntimeId = runtimeId, StartedAt = now }))
            .Apply(new TaskEvent.ReportSettled(now, new TaskStateReport { TaskArn = definition.Arn, Status = ReportedStatus.Running }));
    }

    private static SqliteCheckpointStore Open(DataDirectory directory) => new(
        directory, OperatingSystemFiles.Instance, TimeProvider.System, NullLogger<SqliteCheckpointStore>.Instance);
}
