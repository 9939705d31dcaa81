using Microsoft.Data.Sqlite;

namespace Ecs.Agent.Infrastructure.Checkpoints;

/// <summary>
/// The tables, and the way from each older version of them to this one. A released version is never changed: a change is a new step, and a
/// database of each version stays among the tests.
/// </summary>
internal static class CheckpointSchema
{
    /// <summary>The version that this agent writes.</summary>
    public const int Current = 1;

    private const string First = """
        CREATE TABLE task (
            admission INTEGER PRIMARY KEY AUTOINCREMENT,
            arn TEXT NOT NULL UNIQUE,
            definition BLOB NOT NULL,
            state TEXT NOT NULL,
            checksum BLOB NOT NULL);
        CREATE TABLE container (
            task_arn TEXT NOT NULL,
            name TEXT NOT NULL,
            state TEXT NOT NULL,
            checksum BLOB NOT NULL,
            PRIMARY KEY (task_arn, name)) WITHOUT ROWID;
        CREATE TABLE image (
            id TEXT PRIMARY KEY,
            state TEXT NOT NULL,
            checksum BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE setting (
            name TEXT PRIMARY KEY,
            value TEXT NOT NULL,
            checksum BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE quarantine (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            found_at TEXT NOT NULL,
            source TEXT NOT NULL,
            key TEXT NOT NULL,
            reason TEXT NOT NULL,
            content BLOB);
        """;

    /// <summary>One query for each table that finds all columns which are written.</summary>
    private static readonly string[] Probes =
    [
        "SELECT admission, arn, definition, state, checksum FROM task LIMIT 0",
        "SELECT task_arn, name, state, checksum FROM container LIMIT 0",
        "SELECT id, state, checksum FROM image LIMIT 0",
        "SELECT name, value, checksum FROM setting LIMIT 0",
        "SELECT number, found_at, source, key, reason, content FROM quarantine LIMIT 0",
    ];

    private static readonly string[] Steps = [First];

    /// <summary>Brings the database to <see cref="Current"/>, wholly or not at all. Does nothing with a newer one.</summary>
    public static void Migrate(CheckpointDatabase database)
    {
        var version = database.SchemaVersion;
        if (version >= Current)
        {
            return;
        }

        database.InTransaction(() =>
        {
            foreach (var step in Steps[version..])
            {
                database.Execute(step);
            }

            database.SchemaVersion = Current;
        });
    }

    /// <summary>Null when the database is one of ours and can be written, else what is wrong with it. Asked of a migrated one.</summary>
    public static string? Problem(CheckpointDatabase database)
    {
        try
        {
            foreach (var probe in Probes)
            {
                database.Scalar(probe);
            }

            // A header that is damaged in the right place makes a database that can be read and not written.
            database.InTransaction(() => database.SchemaVersion = Current);
            return null;
        }
        catch (SqliteException e) when (e.SqliteErrorCode is SqliteFailures.Error or SqliteFailures.ReadOnly)
        {
            return e.Message;
        }
    }
}
