using System.Globalization;
using System.Text;
using Ecs.Agent.Infrastructure.Checkpoints.Files;
using Microsoft.Data.Sqlite;

namespace Ecs.Agent.Infrastructure.Checkpoints;

/// <summary>Puts records into a database of the current schema.</summary>
internal static class CheckpointWriter
{
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

    /// <summary>Where a setting belongs, for its checksum.</summary>
    public static string SettingPlace(string name) => "setting " + name;

    private static string Text(StateRow row) => Encoding.UTF8.GetString(row.Json);

    /// <summary>Writes all of it within the caller's transaction; what is quarantined goes to its own table.</summary>
    public static void Write(CheckpointDatabase database, CheckpointContents contents, RecordSeal seal, DateTimeOffset now)
    {
        foreach (var task in contents.Tasks)
        {
            Write(database, TaskRows.Between(saved: null, task, seal));
        }

        foreach (var image in contents.Images)
        {
            Write(database, ImageRows.Of(image));
        }

        foreach (var (name, value) in contents.Settings)
        {
            WriteSetting(database, name, value);
        }

        Quarantine(database, contents, now);
    }

    /// <summary>Moves unusable records out of the way within the caller's transaction, together with what remains of them.</summary>
    public static void Quarantine(CheckpointDatabase database, CheckpointContents contents, DateTimeOffset now)
    {
        foreach (var record in contents.Quarantined)
        {
            database.Execute(
                "INSERT INTO quarantine (found_at, source, key, reason, content) VALUES ($at, $source, $key, $reason, $content)",
                ("$at", now.ToString("O", CultureInfo.InvariantCulture)),
                ("$source", record.Source),
                ("$key", record.Key),
                ("$reason", record.Reason),
                ("$content", record.Content.ToArray()));
            if (record.Source == "image")
            {
                RemoveImage(database, record.Key);
            }
            else
            {
                Remove(database, record.Key);
            }
        }
    }
}
