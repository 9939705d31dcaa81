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
            value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE quarantine (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            found_at TEXT NOT NULL,
            source TEXT NOT NULL,
            key TEXT NOT NULL,
            reason TEXT NOT NULL,
            content BLOB);
        """;

    private static readonly string[] Steps = [First];

    /// <summary>Brings the database to <see cref="Current"/>, wholly or not at all. Does nothing with a newer one.</summary>
    public static void Migrate(CheckpointDatabase database)
    {
        if (database.SchemaVersion >= Current)
        {
            return;
        }

        database.InTransaction(() =>
        {
            foreach (var step in Steps[database.SchemaVersion..])
            {
                database.Execute(step);
            }

            database.SchemaVersion = Current;
        });
    }
}
