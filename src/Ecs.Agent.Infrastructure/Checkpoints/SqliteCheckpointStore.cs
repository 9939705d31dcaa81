using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Ecs.Agent.Application.Checkpoints;
using Ecs.Agent.Domain.Images;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Infrastructure.Checkpoints.Files;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Infrastructure.Checkpoints;

/// <summary>
/// The agent's state in one SQLite file. One thread writes; whatever is asked of it while a commit is under way shares the next one, so a burst
/// of transitions costs a few syncs of the disk.
/// </summary>
/// <remarks>
/// A failed commit fails the saves in it and nothing else: each caller tries again. What has been saved is also held in memory, so a file that
/// is damaged or removed under the running agent is made anew, whole.
/// </remarks>
internal sealed partial class SqliteCheckpointStore : ICheckpointStore, IImageLedgerStore, ITaskManifestNumber, IDisposable
{
    private const string ManifestNumber = "task-manifest-number";
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    private readonly BlockingCollection<Write> _queue = [];
    private readonly ConcurrentDictionary<string, SavedTask> _saved = new(StringComparer.Ordinal);
    private readonly CheckpointFile _file;
    private readonly RecordSeal _seal;
    private readonly DataDirectory _directory;
    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Thread _writer;
    private CheckpointDatabase? _database;
    private long _admissions;
    private volatile ImageLedger _images = ImageLedger.Empty;
    private long _manifestNumber = -1;
    private CheckpointFailureKind? _failing;
    private bool _disposed;
    private long _commits;
    private long _writes;

    /// <summary>Opens the state of the directory. Throws <see cref="CheckpointException"/> when there can be none.</summary>
    public SqliteCheckpointStore(
        DataDirectory directory, IFileLayer files, TimeProvider time, ILogger<SqliteCheckpointStore> logger)
    {
        _directory = directory;
        _path = directory.DatabasePath;
        _seal = directory.OpenSeal();
        _file = new CheckpointFile(_path, _seal, time, files);
        _time = time;
        _logger = logger;
        Open();
        _writer = new Thread(WriteAll) { IsBackground = true, Name = "checkpoints" };
        _writer.Start();
    }

    /// <summary>How many transactions have been committed, each with one sync of the disk.</summary>
    public long Commits => Interlocked.Read(ref _commits);

    long ITaskManifestNumber.Latest => Interlocked.Read(ref _manifestNumber);

    /// <summary>How many saves these held.</summary>
    public long Writes => Interlocked.Read(ref _writes);

    public ValueTask SaveAsync(EcsTask task, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(task);
        var rows = TaskRows.Between(_saved.GetValueOrDefault(task.Arn)?.Task, task, _seal);
        return EnqueueAsync(new Write(database => CheckpointWriter.Write(database, rows), () => Keep(task)), cancellationToken);
    }

    public ValueTask ForgetAsync(string taskArn, CancellationToken cancellationToken) => EnqueueAsync(
        new Write(database => CheckpointWriter.Remove(database, taskArn), () => _saved.TryRemove(taskArn, out _)), cancellationToken);

    public ValueTask<ImmutableArray<EcsTask>> LoadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(InOrder());
    }

    ImageLedger IImageLedgerStore.Load() => _images;

    ValueTask IImageLedgerStore.SaveAsync(ImageLedger ledger, CancellationToken cancellationToken)
    {
        var saved = _images.Records;
        var changed = ledger.Records.Values.Where(image => !ReferenceEquals(saved.GetValueOrDefault(image.Id), image)).Select(ImageRows.Of).ToList();
        var gone = saved.Keys.Where(id => !ledger.Records.ContainsKey(id)).ToList();
        return EnqueueAsync(
            new Write(
                database =>
                {
                    changed.ForEach(image => CheckpointWriter.Write(database, image));
                    gone.ForEach(id => CheckpointWriter.RemoveImage(database, id));
                },
                () => _images = ledger),
            cancellationToken);
    }

    ValueTask ITaskManifestNumber.SaveAsync(long number, CancellationToken cancellationToken) => EnqueueAsync(
        new Write(
            database => CheckpointWriter.WriteSetting(database, ManifestNumber, number.ToString(CultureInfo.InvariantCulture)),
            () => Interlocked.Exchange(ref _manifestNumber, number)),
        cancellationToken);

    /// <summary>Writes what is waiting, then closes the file. A container of services disposes of it once for each port that it stands for.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, true))
        {
            return;
        }

        _queue.CompleteAdding();
        _writer.Join();
        _queue.Dispose();
    }

    private void Open()
    {
        try
        {
            (_database, var contents) = _file.Open();
            _manifestNumber = long.TryParse(
                contents.Settings.GetValueOrDefault(ManifestNumber), CultureInfo.InvariantCulture, out var number) ? number : -1;
            _images = ImageLedger.Of(contents.Images);
            foreach (var task in contents.Tasks)
            {
                Keep(task);
            }

            _file.Incidents.ForEach(LogReplaced);
            foreach (var record in contents.Quarantined)
            {
                LogQuarantined(record.Source, record.Key, record.Reason);
            }
        }
        catch (SqliteException e)
        {
            throw SqliteFailures.Translate(_path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileFailures.Translate(_path, e);
        }
    }

    /// <summary>By the writer only, and before there is one.</summary>
    private void Keep(EcsTask task) =>
        _saved[task.Arn] = new SavedTask(task, _saved.TryGetValue(task.Arn, out var earlier) ? earlier.Admission : ++_admissions);

    private ImmutableArray<EcsTask> InOrder() => [.. _saved.Values.OrderBy(saved => saved.Admission).Select(saved => saved.Task)];

    private async ValueTask EnqueueAsync(Write write, CancellationToken cancellationToken)
    {
        try
        {
            _queue.Add(write, cancellationToken);
        }
        catch (InvalidOperationException e)
        {
            throw new CheckpointException(CheckpointFailureKind.Failed, $"{_path} is closed, because the agent stops.", e);
        }

        await write.Done.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private void WriteAll()
    {
        var batch = new List<Write>();
        foreach (var first in _queue.GetConsumingEnumerable())
        {
            batch.Clear();
            batch.Add(first);
            while (_queue.TryTake(out var next))
            {
                batch.Add(next);
            }

            Commit(batch);
        }

        _database?.Dispose();
    }

    private void Commit(List<Write> batch)
    {
        var begun = _time.GetTimestamp();
        try
        {
            var database = Usable();
            database.InTransaction(() => batch.ForEach(write => write.Apply(database)));
        }
        catch (SqliteException e)
        {
            Fail(batch, SqliteFailures.Translate(_path, e));
            return;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fail(batch, FileFailures.Translate(_path, e));
            return;
        }

        Interlocked.Increment(ref _commits);
        Interlocked.Add(ref _writes, batch.Count);
        batch.ForEach(write => write.Saved());
        batch.ForEach(write => write.Done.TrySetResult());
        NoteSuccess(_time.GetElapsedTime(begun), batch.Count);
    }

    /// <summary>The open file; made anew, whole, when it was found damaged, the disk has failed, or somebody has removed it.</summary>
    private CheckpointDatabase Usable()
    {
        if (_database is { } open && _file.Exists)
        {
            return open;
        }

        Close();
        _directory.KeepKey();
        _database = _file.Replace(_file.Exists ? "failed" : "removed", Held());
        LogMadeAnew(_path, _saved.Count);
        return _database;
    }

    /// <summary>All that is known to have been saved.</summary>
    private CheckpointContents Held()
    {
        var settings = ImmutableDictionary<string, string>.Empty;
        if (Interlocked.Read(ref _manifestNumber) is var number and >= 0)
        {
            settings = settings.Add(ManifestNumber, number.ToString(CultureInfo.InvariantCulture));
        }

        return new CheckpointContents(InOrder(), [.. _images.Records.Values], settings, []);
    }

    private void Close()
    {
        _database?.Dispose();
        _database = null;
    }

    private void Fail(List<Write> batch, CheckpointException failure)
    {
        if (_failing != failure.Kind)
        {
            _failing = failure.Kind;
            LogFailing(failure.Message);
        }

        if (failure.Kind == CheckpointFailureKind.Damaged)
        {
            TryReplaceDamaged();
        }
        else if (failure.Kind is CheckpointFailureKind.ReadOnly or CheckpointFailureKind.Failed)
        {
            // What could not be written or synced is not relied upon, and the disk below may be another one when it works again.
            Close();
        }

        batch.ForEach(write => write.Done.TrySetException(failure));
    }

    private void TryReplaceDamaged()
    {
        Close();
        try
        {
            _database = _file.Replace("damaged", Held());
            LogMadeAnew(_path, _saved.Count);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            LogFailing(e.Message);
        }
    }

    private void NoteSuccess(TimeSpan took, int writes)
    {
        if (_failing is not null)
        {
            _failing = null;
            LogRecovered(_path);
        }

        if (took >= Slow)
        {
            LogSlow(_path, took.TotalSeconds, writes);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The agent's state cannot be saved: {Problem} Containers run on; looks and stops go on, nothing else is begun or reported")]
    private partial void LogFailing(string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "The agent's state can be saved again in {Path}")]
    private partial void LogRecovered(string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path}: {Seconds:F1} s to make {Writes} saves durable; the disk is slow, and tasks with it")]
    private partial void LogSlow(string path, double seconds, int writes);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The agent's state: {Incident}")]
    private partial void LogReplaced(string incident);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} was damaged or removed while the agent ran, or its disk failed; it has been made anew with {Tasks} tasks")]
    private partial void LogMadeAnew(string path, int tasks);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "A saved record cannot be used and was put aside: {Source} {Key}: {Reason}. `ecs-agent doctor` shows it")]
    private partial void LogQuarantined(string source, string key, string reason);

    /// <param name="Task">As it was last saved.</param>
    /// <param name="Admission">Its place in the order of admission.</param>
    private sealed record SavedTask(EcsTask Task, long Admission);

    /// <summary>One save waiting for its commit.</summary>
    private sealed class Write(Action<CheckpointDatabase> apply, Action saved)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Apply(CheckpointDatabase database) => apply(database);

        public void Saved() => saved();
    }
}
