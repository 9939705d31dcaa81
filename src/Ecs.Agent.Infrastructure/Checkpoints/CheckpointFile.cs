using Ecs.Agent.Application.Checkpoints;
using Ecs.Agent.Infrastructure.Checkpoints.Files;
using Microsoft.Data.Sqlite;

namespace Ecs.Agent.Infrastructure.Checkpoints;

/// <summary>
/// The database file through its life: opened, brought to the current schema, and replaced when it is damaged or too new to be written. A file
/// that is replaced is put aside, never removed.
/// </summary>
internal sealed class CheckpointFile(string path, RecordSeal seal, TimeProvider time, IFileLayer files)
{
    private readonly DatabaseSuccessor _successor = new(path, files, time);

    /// <summary>What happened to files that could not be used, for the log.</summary>
    public List<string> Incidents { get; } = [];

    public bool Exists => files.Exists(path);

    /// <summary>
    /// Opens the file and reads it. What cannot be read is in its table <c>quarantine</c> afterwards. Throws <see cref="SqliteException"/> or
    /// <see cref="IOException"/> only when no file can be had in that place at all.
    /// </summary>
    public (CheckpointDatabase Database, CheckpointContents Contents) Open()
    {
        if (_successor.IsComplete)
        {
            _successor.Succeed("replaced");
            Incidents.Add($"{path} was being replaced when an earlier life of this agent ended; its successor has taken its place");
        }

        var (database, contents, suffix) = Look();
        return database is null ? (Replace(suffix, contents), contents) : (database, contents);
    }

    /// <summary>
    /// A fresh file with this in it; whatever is in its place is put aside. Until it is, that one stays where it is: whenever the power goes, one
    /// of the two is whole and is found by the next <see cref="Open"/>.
    /// </summary>
    public CheckpointDatabase Replace(string suffix, CheckpointContents contents)
    {
        _successor.Build(database =>
        {
            CheckpointSchema.Migrate(database);
            database.InTransaction(() => CheckpointWriter.Write(database, contents, seal, time.GetUtcNow()));
        });
        _successor.Succeed(suffix);
        return Connect();
    }

    /// <summary>Reads what can be read. Without a database when the file has to be replaced, of which the incidents then tell.</summary>
    private (CheckpointDatabase? Database, CheckpointContents Contents, string Suffix) Look()
    {
        CheckpointDatabase? database = null;
        try
        {
            database = Connect();
            var version = database.SchemaVersion;
            var problem = ProblemOf(database, version);
            var contents = CheckpointReader.Read(database, seal);
            if (problem is null && version <= CheckpointSchema.Current)
            {
                Quarantine(database, contents);
                return (database, contents, "");
            }

            database.Dispose();
            return problem is null
                ? Unusable($"schema-{version}", $"was written by a newer agent (schema {version}, this one writes {CheckpointSchema.Current})", contents)
                : Unusable("damaged", $"is damaged ({problem})", contents);
        }
        catch (SqliteException e) when (SqliteFailures.KindOf(e) == CheckpointFailureKind.Damaged)
        {
            database?.Dispose();
            return Unusable("damaged", $"is damaged ({e.Message})", CheckpointContents.Empty);
        }
        catch
        {
            database?.Dispose();
            throw;
        }
    }

    private (CheckpointDatabase? Database, CheckpointContents Contents, string Suffix) Unusable(
        string suffix, string why, CheckpointContents contents)
    {
        Incidents.Add($"{path} {why}; it was put aside as {path}.{suffix}-*, and {contents.Tasks.Length} tasks could be read from it");
        return (null, contents, suffix);
    }

    private CheckpointDatabase Connect()
    {
        if (!files.Exists(path))
        {
            files.Create(path);
        }

        return CheckpointDatabase.Open(path, files.Vfs);
    }

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

    private void Quarantine(CheckpointDatabase database, CheckpointContents contents)
    {
        if (!contents.Quarantined.IsEmpty)
        {
            database.InTransaction(() => CheckpointWriter.Quarantine(database, contents, time.GetUtcNow()));
        }
    }
}
