using Ecs.Agent.Application.Checkpoints;
using Ecs.Agent.Application.Tasks.StartTasks;
using Ecs.Agent.Application.Tasks.StopTask;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Infrastructure.Checkpoints;
using Ecs.Agent.Infrastructure.Checkpoints.Files;
using Ecs.Agent.Testing;
using Microsoft.Extensions.Logging;
using static Ecs.Agent.Infrastructure.Tests.Checkpoints.SampleTasks;

namespace Ecs.Agent.Infrastructure.Tests.Checkpoints.PowerLoss;

/// <summary>A disk that fails and comes back: said once, nothing begun or reported meanwhile, stops go on, no restart needed.</summary>
public sealed class DiskFaultTests : IDisposable
{
    private const int Full = 13, ReadOnly = 8, WriteError = 778, SyncError = 1034;
    private static readonly TimeSpan SaveAgain = TimeSpan.FromSeconds(2);

    private readonly string _path = Directory.CreateTempSubdirectory("ecs-agent-faults-").FullName;
    private readonly MemoryDisk _disk = new();
    private readonly CheckpointedWorld _world = new();
    private readonly LogLines<SqliteCheckpointStore> _log = new();

    public void Dispose()
    {
        _disk.Dispose();
        Directory.Delete(_path, recursive: true);
    }

    public static TheoryData<string, int, string> Faults { get; } = new()
    {
        { nameof(DiskOperation.Write), Full, "is full" },
        { nameof(DiskOperation.Write), ReadOnly, "cannot be written" },
        { nameof(DiskOperation.Write), WriteError, "cannot be read or written" },
        { nameof(DiskOperation.Sync), SyncError, "cannot be read or written" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Disk_ThatFails_LetsTasksRunAndStopAndIsUsedAgainWhenItWorks(string operation, int code, string said)
    {
        using var directory = DataDirectory.Take(_path);
        using var store = new SqliteCheckpointStore(directory, _disk, _world.Clock, _log);
        await using var agent = new CheckpointedAgent(_world, store);
        await agent.StartAsync();
        await RunAsync(agent, 1);
        await RunAsync(agent, 2);
        var reports = _world.Heard.Attempts.Count;
        var calls = _world.Docker.Calls.Count;

        _disk.Fault = (asked, _) => asked.ToString() == operation ? code : 0;
        Assert.False((await agent.SendAsync(new StartTasksCommand([Definition(3)], []))).AllAccepted);
        Assert.False((await agent.SendAsync(new StopTaskCommand(Arn(1), Definition: null))).Durable);
        await _world.Docker.WaitForAsync(docker => docker.Containers.Values.All(c => c.TaskArn != Arn(1) || c.State == ObservedState.Stopped), agent.Patience);
        await agent.UntilAsync(Arn(1), task => task.Known == EcsTaskStatus.Stopped);
        for (var i = 0; i < 3; i++)
        {
            await _world.Clock.PassAsync(SaveAgain, agent.Patience);
        }

        // The last attempt has failed, too, once the next one is on its way.
        await _world.Clock.UntilSetAsync(SaveAgain, agent.Patience);
        Assert.Equal(reports, _world.Heard.Attempts.Count);
        Assert.All(
            _world.Docker.Calls.Skip(calls),
            call => Assert.True(call.Operation is RuntimeOperation.StopContainer or RuntimeOperation.InspectContainer, call.ToString()));
        Assert.Contains(said, Assert.Single(_log.Lines, line => line.Level == LogLevel.Error).Text, StringComparison.Ordinal);
        Assert.All(_world.Docker.Containers.Values, c => Assert.True(c.TaskArn == Arn(1) || c.State == ObservedState.Running, c.DockerName));

        _disk.Fault = (_, _) => 0;
        await _world.Clock.PassAsync(SaveAgain, agent.Patience);
        await agent.UntilAsync(Arn(1), task => task.Sent == EcsTaskStatus.Stopped);
        Assert.True((await agent.SendAsync(new StartTasksCommand([Definition(3)], []))).AllAccepted);
        await agent.UntilAsync(Arn(3), task => task.Sent == EcsTaskStatus.Running);
        Assert.Single(_log.Lines, line => line.Text.Contains("can be saved again", StringComparison.Ordinal));
        Assert.Single(_log.Lines, line => line.Level == LogLevel.Error);
    }

    [Fact]
    public async Task Disk_ThatIsSlow_IsNamedInTheLog()
    {
        using var directory = DataDirectory.Take(_path);
        using (var store = new SqliteCheckpointStore(directory, _disk, _world.Clock, _log))
        {
            _disk.Fault = (operation, path) =>
            {
                if (operation == DiskOperation.Sync && path.EndsWith("-wal", StringComparison.Ordinal))
                {
                    _world.Clock.Advance(TimeSpan.FromSeconds(3));
                }

                return 0;
            };

            await store.SaveAsync(Running(1), default);
            _disk.Fault = (_, _) => 0;
        }

        Assert.Contains("3.0 s to make 1 saves durable; the disk is slow", Assert.Single(_log.Lines).Text, StringComparison.Ordinal);
    }

    /// <summary>A commit that failed at its sync is answered as failed, and must not come back as done in the next life's reports either way.</summary>
    [Fact]
    public async Task Save_WhoseSyncFails_IsNotAnsweredAndCanBeRepeated()
    {
        using var directory = DataDirectory.Take(_path);
        using (var store = new SqliteCheckpointStore(directory, _disk, _world.Clock, _log))
        {
            await store.SaveAsync(Admitted(1), default);
            _disk.Fault = (operation, _) => operation == DiskOperation.Sync ? SyncError : 0;
            await Assert.ThrowsAsync<CheckpointException>(() => store.SaveAsync(Running(1), default).AsTask());
            await Assert.ThrowsAsync<CheckpointException>(() => store.SaveAsync(Running(2), default).AsTask());
            _disk.Fault = (_, _) => 0;
            await store.SaveAsync(Running(3), default);
        }

        using var next = new SqliteCheckpointStore(directory, _disk, _world.Clock, _log);
        Assert.Equal([Arn(1), Arn(3)], (await next.LoadAsync(default)).Select(task => task.Arn));
        Assert.Equal(Print(Admitted(1)), Print((await next.LoadAsync(default))[0]));
    }

    [Fact]
    public void Open_WhenNothingCanBeMade_SaysWhereAndWhy()
    {
        using var directory = DataDirectory.Take(_path);
        _disk.Fault = (_, _) => Full;

        var refused = Assert.Throws<CheckpointException>(() => new SqliteCheckpointStore(directory, _disk, _world.Clock, _log));

        Assert.Contains(_path, refused.Message, StringComparison.Ordinal);
    }

    private static async Task RunAsync(CheckpointedAgent agent, int number)
    {
        await agent.SendAsync(new StartTasksCommand([Definition(number)], []));
        await agent.UntilAsync(Arn(number), task => task.Sent == EcsTaskStatus.Running);
    }
}
