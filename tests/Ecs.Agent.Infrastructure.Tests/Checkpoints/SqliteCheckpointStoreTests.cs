using System.Text;
using Ecs.Agent.Application.Checkpoints;
using Ecs.Agent.Domain.Images;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Infrastructure.Checkpoints;
using Ecs.Agent.Infrastructure.Checkpoints.Files;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using static Ecs.Agent.Infrastructure.Tests.Checkpoints.SampleTasks;

namespace Ecs.Agent.Infrastructure.Tests.Checkpoints;

public sealed class SqliteCheckpointStoreTests : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("ecs-agent-state-").FullName;

    private string Database => Path.Combine(_path, "state.db");

    public void Dispose() => Directory.Delete(_path, recursive: true);

    [Fact]
    public async Task Load_InTheNextLife_GivesWhatWasSavedInTheOrderOfAdmission()
    {
        await InLifeAsync(async store =>
        {
            for (var i = 9; i > 0; i--)
            {
                await store.SaveAsync(Admitted(i), default);
            }

            await store.SaveAsync(Running(5), default);
            await store.ForgetAsync(Arn(3), default);
        });

        await InLifeAsync(async store =>
        {
            var tasks = await store.LoadAsync(default);
            Assert.Equal([9, 8, 7, 6, 5, 4, 2, 1], tasks.Select(t => Convert.ToInt32(t.Definition.Id, 16)));
            Assert.Equal(Print(Running(5)), Print(tasks[4]));
        });
    }

    [Fact]
    public async Task Load_InTheNextLife_GivesTheImagesAndTheManifestNumber()
    {
        var ledger = ImageLedger.Empty.Seen("repo/app:1", "sha256:a", 7, ["PATH"], T0).Pulled("repo/app:1").Seen("repo/db:1", "sha256:b", 8, [], T0);
        await InLifeAsync(async store =>
        {
            await ((IImageLedgerStore)store).SaveAsync(ledger.Seen("repo/old:1", "sha256:c", 9, [], T0), default);
            await ((IImageLedgerStore)store).SaveAsync(ledger, default);
            await ((ITaskManifestNumber)store).SaveAsync(42, default);
        });

        await InLifeAsync(store =>
        {
            Assert.Equal(Print(ledger), Print(((IImageLedgerStore)store).Load()));
            Assert.Equal(42, ((ITaskManifestNumber)store).Latest);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task Save_ManyAtOnce_SharesCommits()
    {
        await InLifeAsync(async store =>
        {
            await Task.WhenAll(Enumerable.Range(1, 200).Select(i => store.SaveAsync(Running(i), default).AsTask()));
            Assert.Equal(200, store.Writes);
            Assert.True(store.Commits < 100, $"{store.Commits} commits");
        });
    }

    [Fact]
    public async Task Save_Files_AreForTheOwnerOnly()
    {
        await InLifeAsync(async store =>
        {
            await store.SaveAsync(Running(1), default);
            foreach (var file in Directory.GetFiles(_path).Where(f => !f.EndsWith(".pid", StringComparison.Ordinal)))
            {
                Assert.True(OperatingSystem.IsLinux() && File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite), file);
                Assert.DoesNotContain("hunter2", ReadShared(file), StringComparison.Ordinal);
            }
        });
    }

    [Fact]
    public async Task Directory_WithQuarantinedRecordsAndFilesPutAside_HoldsNoSecretAndShowsThem()
    {
        await SaveAsync(1, 2);
        Edit($"DELETE FROM container WHERE name = 'db' AND task_arn = '{Arn(1)}'");
        await SaveAsync(3);
        Edit("PRAGMA user_version = 99");
        await SaveAsync(4);
        Edit($"UPDATE task SET state = 'other' WHERE arn = '{Arn(2)}'");
        await SaveAsync(5);

        foreach (var file in Directory.GetFiles(_path))
        {
            Assert.True(OperatingSystem.IsLinux() && File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite), file);
            Assert.DoesNotContain("hunter2", ReadShared(file), StringComparison.Ordinal);
            Assert.DoesNotContain("PASSWORD", ReadShared(file), StringComparison.Ordinal);
        }

        var report = CheckpointInspection.Inspect(_path);
        Assert.Equal($"task {Arn(2)}", Assert.Single(report.Quarantined).Record);
        Assert.StartsWith("state.db.schema-99-", Assert.Single(report.PutAside), StringComparison.Ordinal);
        Assert.Null(report.Damage);
        Assert.Equal(3, report.Tasks);
    }

    [Fact]
    public void Inspect_DamagedDatabase_SaysSoAndIsNoProblem()
    {
        File.WriteAllText(Database, "this is no database, however often it is opened as one");

        var report = CheckpointInspection.Inspect(_path);

        Assert.Null(report.Problem);
        Assert.Contains("not a database", report.Damage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_OfATaskThatIsInTheFileNoMore_IsNotLost()
    {
        await InLifeAsync(async store =>
        {
            var saved = Running(1);
            await store.SaveAsync(saved, default);
            await store.SaveAsync(Running(2), default);
            Edit($"DELETE FROM task WHERE arn = '{Arn(1)}'");
            var next = saved.Apply(new TaskEvent.StopRequested(T0));
            await Assert.ThrowsAsync<CheckpointException>(() => store.SaveAsync(next, default).AsTask());
            await store.SaveAsync(next, default);
        });

        await InLifeAsync(async store => Assert.Equal(
            [EcsTaskStatus.Stopped, EcsTaskStatus.Running],
            (await store.LoadAsync(default)).OrderBy(task => task.Arn, StringComparer.Ordinal).Select(task => task.Desired)));
    }

    [Fact]
    public async Task Open_DirectoryInUse_SaysByWhomAndWhatToDo()
    {
        await InLifeAsync(_ =>
        {
            var refused = Assert.Throws<CheckpointException>(() => DataDirectory.Take(_path));
            Assert.Equal(CheckpointFailureKind.Locked, refused.Kind);
            Assert.Contains($"in use by another agent (process {Environment.ProcessId})", refused.Message, StringComparison.Ordinal);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public void Open_DirectoryMissing_SaysSo() => Assert.Contains(
        "does not exist", Assert.Throws<CheckpointException>(() => DataDirectory.Take(_path + "/nowhere")).Message, StringComparison.Ordinal);

    [Fact]
    public void Open_FileInPlaceOfTheDirectory_SaysSo()
    {
        File.WriteAllText(_path + "/file", "");
        Assert.Contains(
            "is not a directory", Assert.Throws<CheckpointException>(() => DataDirectory.Take(_path + "/file")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_RecordsSwapped_QuarantinesTheseAndGivesTheOthers()
    {
        await SaveAsync(1, 2, 3);
        Edit(
            "UPDATE task SET definition = (SELECT t.definition FROM task t WHERE t.arn <> task.arn AND t.arn LIKE '%1') WHERE arn LIKE '%2'");

        await InLifeAsync(async store => Assert.Equal([Arn(1), Arn(3)], (await store.LoadAsync(default)).Select(t => t.Arn)));

        Assert.Equal($"task|{Arn(2)}", Ask("SELECT source || '|' || key FROM quarantine"));
        Assert.Contains("the definition does not open", Ask("SELECT reason FROM quarantine"), StringComparison.Ordinal);
        Assert.Equal("2", Ask("SELECT count(*) FROM task"));
        Assert.Equal("4", Ask("SELECT count(*) FROM container"));
    }

    [Fact]
    public async Task Load_ContainerStateMissing_QuarantinesTheTask()
    {
        await SaveAsync(1, 2);
        Edit($"DELETE FROM container WHERE name = 'db' AND task_arn = '{Arn(1)}'");

        await InLifeAsync(async store => Assert.Equal([Arn(2)], (await store.LoadAsync(default)).Select(t => t.Arn)));

        Assert.Equal("the state of container db is missing", Ask("SELECT reason FROM quarantine"));
    }

    [Fact]
    public async Task Load_NotADatabase_StartsOverAndKeepsTheFile()
    {
        File.WriteAllText(Database, "this is no database, however often it is opened as one");

        await InLifeAsync(async store => Assert.Empty(await store.LoadAsync(default)));

        var kept = Assert.Single(Directory.GetFiles(_path, "state.db.damaged-*"));
        Assert.StartsWith("this is no database", File.ReadAllText(kept), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_NewerSchema_IsReadAndKept()
    {
        await SaveAsync(1, 2);
        Edit("ALTER TABLE task ADD COLUMN something_new TEXT");
        Edit("PRAGMA user_version = 99");

        await InLifeAsync(async store =>
        {
            Assert.Equal([Arn(1), Arn(2)], (await store.LoadAsync(default)).Select(t => t.Arn));
            await store.SaveAsync(Running(3), default);
        });

        var kept = Directory.GetFiles(_path, "state.db.schema-99-*").Single(f => !f.EndsWith("-wal", StringComparison.Ordinal) && !f.EndsWith("-shm", StringComparison.Ordinal));
        Assert.Equal("99", Ask("PRAGMA user_version", kept));
        Assert.Equal("3", Ask("SELECT count(*) FROM task"));
    }

    [Fact]
    public async Task Load_KeyLost_QuarantinesEverythingAndStarts()
    {
        await SaveAsync(1, 2);
        File.Delete(Path.Combine(_path, "state.key"));

        await InLifeAsync(async store => Assert.Empty(await store.LoadAsync(default)));

        Assert.Equal("2", Ask("SELECT count(*) FROM quarantine"));
    }

    [Fact]
    public async Task Save_DatabaseRemovedMeanwhile_IsMadeAnewWhole()
    {
        await InLifeAsync(async store =>
        {
            await store.SaveAsync(Running(1), default);
            await store.SaveAsync(Running(2), default);
            foreach (var file in Directory.GetFiles(_path, "state.db*"))
            {
                File.Delete(file);
            }

            await store.SaveAsync(Running(3), default);
        });

        await InLifeAsync(async store => Assert.Equal(3, (await store.LoadAsync(default)).Length));
    }

    [Fact]
    public async Task Save_DatabaseLockedByAShell_FailsAndWorksOnceItIsFree()
    {
        await InLifeAsync(async store =>
        {
            await store.SaveAsync(Running(1), default);
            using (var shell = Connect(Database))
            {
                Run(shell, "BEGIN EXCLUSIVE");
                var failure = await Assert.ThrowsAsync<CheckpointException>(() => store.SaveAsync(Running(2), default).AsTask());
                Assert.Equal(CheckpointFailureKind.Locked, failure.Kind);
            }

            await store.SaveAsync(Running(2), default);
        });

        await InLifeAsync(async store => Assert.Equal(2, (await store.LoadAsync(default)).Length));
    }

    private static string ReadShared(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(file, Encoding.Latin1);
            return reader.ReadToEnd();
        }
        catch (IOException) when (path.EndsWith(".lock", StringComparison.Ordinal))
        {
            return "";
        }
    }

    private Task SaveAsync(params int[] numbers) => InLifeAsync(async store =>
    {
        foreach (var number in numbers)
        {
            await store.SaveAsync(Running(number), default);
        }
    });

    private async Task InLifeAsync(Func<SqliteCheckpointStore, Task> live)
    {
        using var directory = DataDirectory.Take(_path);
        using var store = new SqliteCheckpointStore(
            directory, OperatingSystemFiles.Instance, TimeProvider.System, NullLogger<SqliteCheckpointStore>.Instance);
        await live(store);
    }

    private void Edit(string sql)
    {
        using var connection = Connect(Database);
        Run(connection, sql);
    }

    private string Ask(string sql, string? path = null)
    {
        using var connection = Connect(path ?? Database);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture) ?? "";
    }

    private static SqliteConnection Connect(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
