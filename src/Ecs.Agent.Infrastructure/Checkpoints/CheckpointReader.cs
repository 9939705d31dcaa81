using System.Collections.Immutable;
using System.Text;
using Ecs.Agent.Application.Checkpoints;
using Ecs.Agent.Domain.Images;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Infrastructure.Checkpoints.Files;
using Microsoft.Data.Sqlite;

namespace Ecs.Agent.Infrastructure.Checkpoints;

/// <summary>
/// Reads what a database holds: as much of it as can be read. Neither a record that makes no sense nor a page that is damaged keeps the others
/// from being read.
/// </summary>
internal static class CheckpointReader
{
    private const string Columns = "SELECT admission, arn, definition, state, checksum FROM task ORDER BY admission";

    public static CheckpointContents Read(CheckpointDatabase database, RecordSeal seal)
    {
        var tasks = ImmutableArray.CreateBuilder<EcsTask>();
        var quarantined = ImmutableArray.CreateBuilder<QuarantinedRecord>();
        var containers = Containers(database);
        foreach (var row in Tasks(database))
        {
            containers.Remove(row.Arn, out var states);
            try
            {
                tasks.Add(TaskRows.Read(
                    row.Arn, row.Definition, row.State, states ?? new Dictionary<string, StateRow>(StringComparer.Ordinal), seal));
            }
            catch (UnusableRecordException e)
            {
                quarantined.Add(new QuarantinedRecord("task", row.Arn, e.Message, Together(row, states)));
            }
        }

        foreach (var (arn, orphans) in containers)
        {
            quarantined.Add(new QuarantinedRecord("container", arn, "its task is missing", Together(null, orphans)));
        }

        return new CheckpointContents(tasks.ToImmutable(), Images(database, quarantined), Settings(database), quarantined.ToImmutable());
    }

    /// <summary>Forward as far as it goes, then backward: a damaged page in the middle costs only what is on it.</summary>
    private static List<TaskRow> Tasks(CheckpointDatabase database)
    {
        var rows = new SortedDictionary<long, TaskRow>();
        if (!TryRead(database, Columns, Collect))
        {
            TryRead(database, Columns + " DESC", Collect);
        }

        return [.. rows.Values.DistinctBy(row => row.Arn)];

        void Collect(SqliteDataReader reader) =>
            rows[reader.GetInt64(0)] = new TaskRow(Text(reader, 1), Blob(reader, 2), new StateRow(Text(reader, 1), Blob(reader, 3), Blob(reader, 4)));
    }

    private static ImmutableArray<ImageRecord> Images(CheckpointDatabase database, ImmutableArray<QuarantinedRecord>.Builder quarantined)
    {
        var rows = new Dictionary<string, StateRow>(StringComparer.Ordinal);
        const string columns = "SELECT id, state, checksum FROM image ORDER BY id";
        if (!TryRead(database, columns, Collect))
        {
            TryRead(database, columns + " DESC", Collect);
        }

        var images = ImmutableArray.CreateBuilder<ImageRecord>();
        foreach (var row in rows.Values)
        {
            try
            {
                images.Add(ImageRows.Read(row));
            }
            catch (UnusableRecordException e)
            {
                quarantined.Add(new QuarantinedRecord("image", row.Key, e.Message, row.Json));
            }
        }

        return images.ToImmutable();

        void Collect(SqliteDataReader reader) => rows[Text(reader, 0)] = new StateRow(Text(reader, 0), Blob(reader, 1), Blob(reader, 2));
    }

    /// <summary>A setting that is not what was written counts as missing: each has a value to begin with.</summary>
    private static ImmutableDictionary<string, string> Settings(CheckpointDatabase database)
    {
        var settings = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        TryRead(database, "SELECT name, value, checksum FROM setting", reader =>
        {
            var name = Text(reader, 0);
            if (Blob(reader, 2).AsSpan().SequenceEqual(RecordSeal.Checksum(Blob(reader, 1), CheckpointWriter.SettingPlace(name))))
            {
                settings[name] = Text(reader, 1);
            }
        });
        return settings.ToImmutable();
    }

    private static Dictionary<string, Dictionary<string, StateRow>> Containers(CheckpointDatabase database)
    {
        var byTask = new Dictionary<string, Dictionary<string, StateRow>>(StringComparer.Ordinal);
        const string columns = "SELECT task_arn, name, state, checksum FROM container ORDER BY task_arn";
        if (!TryRead(database, columns, Collect))
        {
            TryRead(database, columns + " DESC", Collect);
        }

        return byTask;

        void Collect(SqliteDataReader reader)
        {
            if (!byTask.TryGetValue(Text(reader, 0), out var states))
            {
                states = new Dictionary<string, StateRow>(StringComparer.Ordinal);
                byTask.Add(Text(reader, 0), states);
            }

            states[Text(reader, 1)] = new StateRow(Text(reader, 1), Blob(reader, 2), Blob(reader, 3));
        }
    }

    /// <summary>False when it could not be read to its end.</summary>
    private static bool TryRead(CheckpointDatabase database, string sql, Action<SqliteDataReader> collect)
    {
        try
        {
            using var reader = database.Query(sql);
            while (reader.Read())
            {
                collect(reader);
            }

            return true;
        }
        catch (SqliteException e) when (SqliteFailures.KindOf(e) is CheckpointFailureKind.Damaged || e.SqliteErrorCode == SqliteFailures.Error)
        {
            return false;
        }
        catch (Exception e) when (e is InvalidCastException or InvalidOperationException or ArgumentException)
        {
            // A value of another type than was ever written.
            return false;
        }
    }

    private static string Text(SqliteDataReader reader, int column) => Encoding.UTF8.GetString(Blob(reader, column));

    /// <summary>Whatever the column holds, as the bytes it holds: damaged text must not be an error of its own.</summary>
    private static byte[] Blob(SqliteDataReader reader, int column) => reader.GetValue(column) switch
    {
        byte[] bytes => bytes,
        string text => Encoding.UTF8.GetBytes(text),
        _ => [],
    };

    private static byte[] Together(TaskRow? task, Dictionary<string, StateRow>? containers)
    {
        var json = new StringBuilder("{\"task\":").Append(task is null ? "null" : Encoding.UTF8.GetString(task.State.Json));
        foreach (var (name, row) in containers ?? [])
        {
            json.Append(",\"").Append(name).Append("\":").Append(Encoding.UTF8.GetString(row.Json));
        }

        return Encoding.UTF8.GetBytes(json.Append('}').ToString());
    }

    private sealed record TaskRow(string Arn, byte[] Definition, StateRow State);
}
