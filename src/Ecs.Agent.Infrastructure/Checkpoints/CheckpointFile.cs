using System.Globalization;
using System.Text;
using Ecs.Agent.Application.Checkpoints;
using Ecs.Agent.Domain.Images;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Infrastructure.Checkpoints.Files;
using Microsoft.Data.Sqlite;

namespace Ecs.Agent.Infrastructure.Checkpoints;

/// <summary>
/// The database file through its life: opened, brought to the current schema, and replaced when it is damaged or too new to be written. A file
/// that is replaced is put aside, never removed.
/// </summary>
internal sealed class CheckpointFile(string path, RecordSeal seal, TimeProvider time, IFileLayer files)
{
    /// <summary>What happened to files that could not be used, for the log.</summary>
    public List<string> Incidents { get; } = [];

    public bool Exists => files.Exists(path);

    /// <summary>
    /// Opens the file and reads it. What cannot be read is in its table <c>quarantine</c> afterwards. Throws <see cref="SqliteException"/> or
    /// <see cref="IOException"/> only when no file can be had in that place at all.
    /// </summary>
    public (CheckpointDatabase Database, CheckpointContents Contents) Open()
    {
        CheckpointDatabase? database = null;
        try
        {
            database = Connect();
            var version = database.SchemaVersion;
            var problem = ProblemOf(database, version);
            if (problem is null && version <= CheckpointSchema.Current)
            {
                var contents = CheckpointReader.Read(database, seal);
                Quarantine(database, contents);
                return (database, contents);
            }

            var readable = CheckpointReader.Read(database, seal);
            database.Dispose();
            database = null;
            return problem is null
                ? StartOver($"schema-{version}", $"was written by a newer agent (schema {version}, this one writes {CheckpointSchema.Current})", readable)
                : StartOver("damaged", $"is damaged ({problem})", readable);
        }
        catch (SqliteException e) when (SqliteFailures.KindOf(e) == CheckpointFailureKind.Damaged)
        {
            database?.Dispose();
            return StartOver("damaged", $"is damaged ({e.Message})", CheckpointContents.Empty);
        }
        catch
        {
            database?.Dispose();
            throw;
        }
    }

    /// <summary>A fresh file with these tasks and images; whatever is in its place is put aside.</summary>
    public CheckpointDatabase Replace(string suffix, IEnumerable<EcsTask> tasks, IEnumerable<ImageRecord> images)
    {
        PutAside(suffix);
        var database = Connect();
        try
        {
            CheckpointSchema.Migrate(database);
            database.InTransaction(() =>
            {
                foreach (var task in tasks)
                {
                    Write(database, TaskRows.Between(saved: null, task, seal));
                }

                foreach (var image in images)
                {
                    Write(database, ImageRows.Of(image));
                }
            });
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>A connection to the file, which is made where there is none.</summary>
    public CheckpointDatabase Connect()
    {
        if (!files.Exists(path))
        {
            files.Create(path);
        }

        return CheckpointDatabase.Open(path, files.Vfs);
    }

    /// <summary>Writes within the caller's transaction.</summary>
    public static void Write(CheckpointDatabase database, TaskRows rows)
    {
        if (rows.Definition is { } definition)
        {
            database.Execute(
                """
                INSERT INTO task (arn, definition, state, checksum) VALUES ($arn, $definition, $state, $checksum)
                ON CONFLICT (arn) DO UPDATE SET definition = excluded.definition, state = excluded.state, checksum = excluded.checksum
                """,
                ("$arn", rows.Arn), ("$definition", definition), ("$state", Text(rows.State)), ("$checksum", rows.State.Checksum));
        }
        else
        {
            var changed = database.Execute(
                "UPDATE task SET state = $state, checksum = $checksum WHERE arn = $arn",
                ("$state", Text(rows.State)), ("$checksum", rows.State.Checksum), ("$arn", rows.Arn));
            if (changed == 0)
            {
                // A save that changes nothing must not pass for one. The file is made anew, from what is known to have been saved.
                throw new SqliteException($"the task {rows.Arn} is in the file no more", SqliteFailures.Corrupt);
            }
        }

        foreach (var row in rows.Containers)
        {
            database.Execute(
                "INSERT OR REPLACE INTO container (task_arn, name, state, checksum) VALUES ($arn, $name, $state, $checksum)",
                ("$arn", rows.Arn), ("$name", row.Key), ("$state", Text(row)), ("$checksum", row.Checksum));
        }
    }

    /// <summary>Writes an image within the caller's transaction.</summary>
    public static void Write(CheckpointDatabase database, StateRow image) => database.Execute(
        "INSERT OR REPLACE INTO image (id, state, checksum) VALUES ($id, $state, $checksum)",
        ("$id", image.Key), ("$state", Text(image)), ("$checksum", image.Checksum));

    /// <summary>Removes an image within the caller's transaction.</summary>
    public static void RemoveImage(CheckpointDatabase database, string id) =>
        database.Execute("DELETE FROM image WHERE id = $id", ("$id", id));

    /// <summary>Removes a task within the caller's transaction.</summary>
    public static void Remove(CheckpointDatabase database, string arn)
    {
        database.Execute("DELETE FROM task WHERE arn = $arn", ("$arn", arn));
        database.Execute("DELETE FROM container WHERE task_arn = $arn", ("$arn", arn));
    }

    /// <summary>Writes within the caller's transaction.</summary>
    public static void WriteSetting(CheckpointDatabase database, string name, string value)
    {
        var row = StateRow.Of(name, Encoding.UTF8.GetBytes(value), SettingPlace(name));
        database.Execute(
            "INSERT OR REPLACE INTO setting (name, value, checksum) VALUES ($name, $value, $checksum)",
            ("$name", name), ("$value", value), ("$checksum", row.Checksum));
    }

    /// <summary>Null when there is none, or it is not what was written.</summary>
    public static string? ReadSetting(CheckpointDatabase database, string name)
    {
        using var reader = database.Query("SELECT value, checksum FROM setting WHERE name = $name", ("$name", name));
        return reader.Read() && reader.GetValue(0) is string value && reader.GetValue(1) is byte[] checksum
            && checksum.AsSpan().SequenceEqual(RecordSeal.Checksum(Encoding.UTF8.GetBytes(value), SettingPlace(name)))
                ? value
                : null;
    }

    private static string SettingPlace(string name) => "setting " + name;

    private static string Text(StateRow row) => Encoding.UTF8.GetString(row.Json);

    /// <summary>
    /// Brings the database to the current schema. Null when its pages, its indexes and its tables are as they should be, or it is a newer
    /// agent's; else what is wrong.
    /// </summary>
    private static string? ProblemOf(CheckpointDatabase database, int version)
    {
        if (database.Scalar("PRAGMA integrity_check(1)") as string is var answer && answer != "ok")
        {
            return answer ?? "it cannot be checked";
        }

        if (version > CheckpointSchema.Current)
        {
            return null;
        }

        if (version < 0 || (version == 0 && database.Scalar("SELECT count(*) FROM sqlite_schema") is not 0L))
        {
            return $"its schema has the version {version}";
        }

        CheckpointSchema.Migrate(database);
        return CheckpointSchema.Problem(database);
    }

    private (CheckpointDatabase Database, CheckpointContents Contents) StartOver(string suffix, string why, CheckpointContents contents)
    {
        var database = Replace(suffix, contents.Tasks, contents.Images);
        Incidents.Add($"{path} {why}; it was put aside as {path}.{suffix}-*, and {contents.Tasks.Length} tasks could be read from it");
        Quarantine(database, contents);
        return (database, contents);
    }

    /// <summary>Moves unusable records out of the way, in one transaction with what remains of them.</summary>
    private void Quarantine(CheckpointDatabase database, CheckpointContents contents)
    {
        if (contents.Quarantined.IsEmpty)
        {
            return;
        }

        database.InTransaction(() =>
        {
            foreach (var record in contents.Quarantined)
            {
                database.Execute(
                    "INSERT INTO quarantine (found_at, source, key, reason, content) VALUES ($at, $source, $key, $reason, $content)",
                    ("$at", time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture)),
                    ("$source", record.Source),
                    ("$key", record.Key),
                    ("$reason", record.Reason),
                    ("$content", record.Content.ToArray()));
                Remove(database, record);
            }
        });
    }

    private static void Remove(CheckpointDatabase database, QuarantinedRecord record)
    {
        if (record.Source == "image")
        {
            RemoveImage(database, record.Key);
        }
        else
        {
            Remove(database, record.Key);
        }
    }

    private void PutAside(string suffix)
    {
        var stamp = time.GetUtcNow().ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture);
        foreach (var part in new[] { "", "-wal", "-shm" })
        {
            if (files.Exists(path + part))
            {
                files.Move(path + part, $"{path}.{suffix}-{stamp}{part}");
            }
        }
    }
}
