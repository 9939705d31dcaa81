using System.Collections.Concurrent;
using Ecs.Agent.Application.Checkpoints;
using Ecs.Agent.Application.Tasks.CleanUpTask;
using Ecs.Agent.Application.Tasks.StartTasks;
using Ecs.Agent.Application.Tasks.StopTask;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Infrastructure.Checkpoints;
using Ecs.Agent.Infrastructure.Checkpoints.Files;
using Microsoft.Extensions.Logging.Abstractions;
using static Ecs.Agent.Infrastructure.Tests.Checkpoints.SampleTasks;

namespace Ecs.Agent.Infrastructure.Tests.Checkpoints.PowerLoss;

/// <summary>What the agent lets be seen is on the disk already, whatever the disk loses of what was not synced.</summary>
public sealed class PowerLossTests : IDisposable
{
    private const int Tasks = 6;

    private readonly string _path = Directory.CreateTempSubdirectory("ecs-agent-power-").FullName;
    private readonly MemoryDisk _disk = new();

    public void Dispose()
    {
        _disk.Dispose();
        Directory.Delete(_path, recursive: true);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Agent_WhenThePowerGoesAtAnyReportOrAct_HasSavedItBefore(int seed)
    {
        var witness = await LiveAsync(seed, store => store, lossesEach: 10);

        Assert.True(witness.Moments > 6 * Tasks, $"only {witness.Moments} moments");
        Assert.True(witness.Losses == 10 * witness.Moments, $"only {witness.Losses} losses");
        Assert.Empty(witness.Violations);
    }

    /// <summary>What <c>synchronous = OFF</c> would be: nothing is ever synced.</summary>
    [Fact]
    public async Task Model_StoreThatDoesNotSync_IsFoundOut()
    {
        _disk.IgnoresSync = _ => true;

        Assert.NotEmpty((await LiveAsync(3, store => store)).Violations);
    }

    /// <summary>What <c>synchronous = NORMAL</c> would be: the log is synced only when it is copied into the database.</summary>
    [Fact]
    public async Task Model_StoreThatDoesNotSyncItsLog_IsFoundOut()
    {
        _disk.IgnoresSync = name => name.EndsWith("-wal", StringComparison.Ordinal);

        Assert.NotEmpty((await LiveAsync(4, store => store)).Violations);
    }

    [Fact]
    public async Task Model_StoreThatAnswersBeforeItHasSaved_IsFoundOut() =>
        Assert.NotEmpty((await LiveAsync(5, store => new EagerStore(store))).Violations);

    /// <summary>Long enough for the log to be copied into the database and begun anew several times; the power goes at the syncs themselves.</summary>
    [Fact]
    public async Task Store_WhenThePowerGoesAtAnySyncOfALongLife_HoldsWhatWasAnswered()
    {
        const int saves = 3_000;
        using var live = DataDirectory.Take(_path);
        using var images = DataDirectory.Take(ImagesBeside(live));
        var random = new Random(7);
        var answered = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var (lost, missing, syncs) = (0, new List<string>(), new Dictionary<string, int>(StringComparer.Ordinal));
        using (var store = new SqliteCheckpointStore(live, _disk, TimeProvider.System, NullLogger<SqliteCheckpointStore>.Instance))
        {
            _disk.Fault = (operation, path) =>
            {
                var name = Path.GetFileName(path);
                syncs[name] = syncs.GetValueOrDefault(name) + (operation == DiskOperation.Sync ? 1 : 0);
                if ((operation == DiskOperation.Sync && name == "state.db") || (operation != DiskOperation.Write && random.Next(12) == 0))
                {
                    var before = answered.ToArray();
                    using var found = _disk.AfterPowerLoss(random);
                    missing.AddRange(Missing(found, images, before));
                    lost++;
                }

                return 0;
            };
            for (var i = 0; i < saves; i++)
            {
                var number = 1 + random.Next(20);
                var round = answered.GetValueOrDefault(Arn(number)) + 1;
                var task = Running(number);
                await store.SaveAsync(task with { Containers = [.. task.Containers.Select(c => c with { RestartCount = round })] }, default);
                answered[Arn(number)] = round;
            }

            _disk.Fault = (_, _) => 0;
        }

        Assert.Empty(missing);
        Assert.True(lost > 200, $"only {lost} losses");
        Assert.True(syncs["state.db"] >= 4, $"the log was copied into the database {syncs["state.db"]} times only");
    }

    /// <summary>Tasks of one and of several containers are started, end by themselves, are stopped and cleaned up; and another one comes.</summary>
    private async Task<PowerLossWitness> LiveAsync(int seed, Func<SqliteCheckpointStore, ICheckpointStore> wrap, int lossesEach = 3)
    {
        using var live = DataDirectory.Take(Directory.CreateDirectory(Path.Combine(_path, "live")).FullName);
        using var images = DataDirectory.Take(ImagesBeside(live));
        var world = new CheckpointedWorld();
        var witness = new PowerLossWitness(world, _disk, images, seed * 100_000, lossesEach);
        world.Runtime = witness;
        world.ControlPlane = witness;
        using var store = new SqliteCheckpointStore(live, _disk, world.Clock, NullLogger<SqliteCheckpointStore>.Instance);
        await using var agent = new CheckpointedAgent(world, wrap(store));
        await agent.StartAsync();

        await agent.SendAsync(new StartTasksCommand([.. Enumerable.Range(1, Tasks).Select(Definition)], []));
        for (var i = 1; i <= Tasks; i++)
        {
            witness.Require($"acknowledgement of task {i}", Arn(i), _ => null);
            world.Docker.SetHealth(await CreatedAsync(agent, i, "db"), HealthStatus.Healthy);
        }

        for (var i = 1; i <= Tasks; i++)
        {
            await agent.UntilAsync(Arn(i), task => task.Sent == EcsTaskStatus.Running);
        }

        world.Docker.Exit(world.Docker.Find(Arn(2), "app").DockerName, exitCode: 3);
        await agent.SendAsync(new StopTaskCommand(Arn(3), Definition: null));
        witness.Require("acknowledgement of the stop", Arn(3), task => task.Desired == EcsTaskStatus.Stopped ? null : "it should run");
        foreach (var stopped in new[] { 2, 3 })
        {
            await agent.UntilAsync(Arn(stopped), task => task.Sent == EcsTaskStatus.Stopped);
            await agent.SendAsync(new CleanUpTaskCommand(Arn(stopped)));
            await agent.Directory.ForgottenAsync(Arn(stopped), agent.Patience);
        }

        await agent.SendAsync(new StartTasksCommand([Definition(Tasks + 1)], []));
        await agent.UntilAsync(Arn(Tasks + 1), task => task.Sent == EcsTaskStatus.Running);
        return witness;
    }

    /// <summary>Where what is found after a power loss is opened: with the same key.</summary>
    private string ImagesBeside(DataDirectory live)
    {
        var images = Directory.CreateDirectory(Path.Combine(_path, "images")).FullName;
        live.OpenSeal();
        File.Copy(Path.Combine(live.DirectoryPath, "state.key"), Path.Combine(images, "state.key"));
        return images;
    }

    private static List<string> Missing(MemoryDisk found, DataDirectory images, IEnumerable<KeyValuePair<string, int>> answered)
    {
        using var store = new SqliteCheckpointStore(images, found, TimeProvider.System, NullLogger<SqliteCheckpointStore>.Instance);
        var rounds = store.LoadAsync(default).AsTask().GetAwaiter().GetResult().ToDictionary(t => t.Arn, t => t.Containers.Min(c => c.RestartCount));
        return [.. answered.Where(a => rounds.GetValueOrDefault(a.Key) < a.Value).Select(a => $"{a.Key}: {rounds.GetValueOrDefault(a.Key)} instead of {a.Value}")];
    }

    private static async Task<string> CreatedAsync(CheckpointedAgent agent, int number, string container) =>
        (await agent.UntilAsync(Arn(number), task => task.Find(container)!.IsRunning)).Find(container)!.DockerName;
}
