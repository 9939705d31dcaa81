using Ecs.Agent.Application.Checkpoints;
using Ecs.Agent.Infrastructure.Checkpoints;
using Ecs.Agent.Infrastructure.Checkpoints.Files;
using Microsoft.Extensions.Logging.Abstractions;
using static Ecs.Agent.Infrastructure.Tests.Checkpoints.SampleTasks;

namespace Ecs.Agent.Infrastructure.Tests.Checkpoints.PowerLoss;

/// <summary>
/// A database is put aside and another one takes its place. Whenever the power goes meanwhile, and whatever the disk loses of what was not synced,
/// the next life finds every task: in the old one or in the new one.
/// </summary>
public sealed class ReplacementTests : IDisposable
{
    private const int Tasks = 5, Corrupt = 11, LossesEach = 6;

    private readonly string _path = Directory.CreateTempSubdirectory("ecs-agent-replaced-").FullName;
    private readonly DataDirectory _live;
    private readonly DataDirectory _next;
    private readonly List<string> _missing = [];
    private int _losses;

    public ReplacementTests()
    {
        _live = DataDirectory.Take(Directory.CreateDirectory(Path.Combine(_path, "live")).FullName);
        _live.OpenSeal();
        var next = Directory.CreateDirectory(Path.Combine(_path, "next")).FullName;
        File.Copy(Path.Combine(_live.DirectoryPath, "state.key"), Path.Combine(next, "state.key"));
        _next = DataDirectory.Take(next);
    }

    public void Dispose()
    {
        _live.Dispose();
        _next.Dispose();
        Directory.Delete(_path, recursive: true);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    public async Task Open_OfADatabaseThatMustBeReplaced_LosesNoTaskWheneverThePowerGoes(int seed, bool damaged)
    {
        using var disk = await DiskToBeReplacedAsync(damaged);
        WatchPower(disk, seed);

        using (var store = Open(_live, disk))
        {
            disk.Fault = (_, _) => 0;
            Assert.Equal(Arns(), await FoundAsync(store));
        }

        Assert.Empty(_missing);
        Assert.True(_losses > 20 * LossesEach, $"only {_losses} losses");
        Assert.True(disk.Exists("state.db"));
        Assert.False(disk.Exists("state.db.next"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Store_WhoseDatabaseTurnsOutDamaged_LosesNoTaskWheneverThePowerGoes(int seed)
    {
        using var disk = new MemoryDisk();
        using var store = Open(_live, disk);
        await SaveAsync(store);
        await ((ITaskManifestNumber)store).SaveAsync(7, default);

        var isDamaged = true;
        WatchPower(disk, seed, (operation, name) => isDamaged && operation == DiskOperation.Write && name == "state.db-wal" ? Corrupt : 0, () => isDamaged = false);
        await Assert.ThrowsAsync<CheckpointException>(() => store.SaveAsync(Running(Tasks + 1), default).AsTask());
        await store.SaveAsync(Running(Tasks + 1), default);
        disk.Fault = (_, _) => 0;

        Assert.Empty(_missing);
        Assert.True(_losses > 20 * LossesEach, $"only {_losses} losses");
        using var found = disk.AfterPowerLoss(new Random(seed));
        using var next = Open(_next, found);
        string[] all = [.. Arns(), Arn(Tasks + 1)];
        Assert.Equal(all, (await next.LoadAsync(default)).Select(task => task.Arn));
        Assert.Equal(7, ((ITaskManifestNumber)next).Latest);
    }

    /// <summary>What the succession would be without the syncs of the directory.</summary>
    [Fact]
    public async Task Model_DirectoryThatIsNotSynced_IsFoundOut()
    {
        for (var seed = 1; _missing.Count == 0 && seed <= 20; seed++)
        {
            using var disk = await DiskToBeReplacedAsync(damaged: true);
            disk.IgnoresDirectorySync = true;
            WatchPower(disk, seed);
            using var store = Open(_live, disk);
            disk.Fault = (_, _) => 0;
        }

        Assert.NotEmpty(_missing);
    }

    /// <summary>As a power loss left it: with a log that holds what the database does not yet; and made by a newer agent, or with a damaged header.</summary>
    private async Task<MemoryDisk> DiskToBeReplacedAsync(bool damaged)
    {
        using var first = new MemoryDisk();
        using var store = Open(_live, first);
        await SaveAsync(store);
        using var found = first.AfterPowerLoss(new Random(0));
        using (var database = CheckpointDatabase.Open("state.db", found.Vfs))
        {
            database.SchemaVersion = CheckpointSchema.Current + 1;
            if (damaged)
            {
                database.SchemaVersion = -1;
            }

            return found.AfterPowerLoss(new Random(0));
        }
    }

    /// <summary>Before each operation of the disk the power goes, several times and each time differently.</summary>
    private void WatchPower(MemoryDisk disk, int seed, Func<DiskOperation, string, int>? fault = null, Action? afterFault = null)
    {
        var random = new Random(seed);
        disk.Fault = (operation, path) =>
        {
            for (var i = 0; i < LossesEach; i++)
            {
                _losses++;
                using var found = disk.AfterPowerLoss(random);
                using var store = Open(_next, found);
                var there = FoundAsync(store).GetAwaiter().GetResult();
                _missing.AddRange(Arns().Except(there).Select(arn => $"{operation} {Path.GetFileName(path)}: {arn}"));
            }

            if (fault?.Invoke(operation, Path.GetFileName(path)) is { } code and not 0)
            {
                afterFault?.Invoke();
                return code;
            }

            return 0;
        };
    }

    private static async Task SaveAsync(SqliteCheckpointStore store)
    {
        foreach (var number in Enumerable.Range(1, Tasks))
        {
            await store.SaveAsync(Running(number), default);
        }
    }

    private static string[] Arns() => [.. Enumerable.Range(1, Tasks).Select(Arn)];

    private static async Task<string[]> FoundAsync(SqliteCheckpointStore store) =>
        [.. (await store.LoadAsync(default)).Select(task => task.Arn).Order(StringComparer.Ordinal)];

    private static SqliteCheckpointStore Open(DataDirectory directory, MemoryDisk disk) =>
        new(directory, disk, TimeProvider.System, NullLogger<SqliteCheckpointStore>.Instance);
}
