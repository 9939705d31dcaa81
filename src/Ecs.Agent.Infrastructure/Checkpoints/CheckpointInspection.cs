using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Ecs.Agent.Application.Checkpoints;
using Ecs.Agent.Application.Registration;
using Ecs.Agent.Infrastructure.Checkpoints.Records;
using Microsoft.Data.Sqlite;

namespace Ecs.Agent.Infrastructure.Checkpoints;

/// <summary>Looks into a data directory, whether an agent is at work in it or not.</summary>
public static class CheckpointInspection
{
    /// <summary>Never throws for what it finds: that is in the report.</summary>
    public static CheckpointReport Inspect(string dataDirectory)
    {
        var report = new CheckpointReport
        {
            Directory = Path.GetFullPath(dataDirectory),
            CurrentSchemaVersion = CheckpointSchema.Current,
        };
        try
        {
            return Directory.Exists(report.Directory) ? Look(report) : report with { Problem = "there is no such directory" };
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            return report with { Problem = e.Message };
        }
    }

    private static CheckpointReport Look(CheckpointReport report)
    {
        var database = Path.Combine(report.Directory, "state.db");
        var looked = report with
        {
            ProcessId = FindProcess(Path.Combine(report.Directory, "agent.pid")),
            Identity = ReadIdentity(Path.Combine(report.Directory, "identity.json")),
            FreeBytes = new DriveInfo(report.Directory).AvailableFreeSpace,
            PutAside =
            [
                .. Directory.GetFiles(report.Directory, "state.db.*").Select(Path.GetFileName).OfType<string>()
                    .Where(name => name.StartsWith("state.db.", StringComparison.Ordinal) && !name.EndsWith("-wal", StringComparison.Ordinal) && !name.EndsWith("-shm", StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal),
            ],
        };
        return File.Exists(database) ? Read(looked, database) : looked;
    }

    private static CheckpointReport Read(CheckpointReport report, string path)
    {
        report = report with { DatabaseBytes = new FileInfo(path).Length };
        try
        {
            return ReadDatabase(report, path);
        }
        catch (SqliteException e) when (SqliteFailures.KindOf(e) == CheckpointFailureKind.Damaged || e.SqliteErrorCode == SqliteFailures.Error)
        {
            return report with { Damage = e.Message };
        }
    }

    private static CheckpointReport ReadDatabase(CheckpointReport report, string path)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ToString());
        connection.Open();
        return report with
        {
            Damage = Text(connection, "PRAGMA integrity_check(1)") is var answer && answer == "ok" ? null : answer,
            SchemaVersion = Number(connection, "PRAGMA user_version"),
            Tasks = Number(connection, "SELECT count(*) FROM task"),
            Quarantined = ReadQuarantine(connection),
        };
    }

    private static int Number(SqliteConnection connection, string sql) =>
        int.TryParse(Text(connection, sql), CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string Text(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture) ?? "";
    }

    private static ImmutableArray<(string FoundAt, string Record, string Reason)> ReadQuarantine(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT found_at, source || ' ' || key, reason FROM quarantine ORDER BY number";
        using var reader = command.ExecuteReader();
        var records = ImmutableArray.CreateBuilder<(string FoundAt, string Record, string Reason)>();
        while (reader.Read())
        {
            records.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        }

        return records.ToImmutable();
    }

    private static int? FindProcess(string path) =>
        File.Exists(path)
        && int.TryParse(File.ReadAllText(path), NumberStyles.None, CultureInfo.InvariantCulture, out var process)
        && Directory.Exists("/proc/" + process.ToString(CultureInfo.InvariantCulture))
            ? process
            : null;

    private static SavedIdentity? ReadIdentity(string path)
    {
        try
        {
            return File.Exists(path) ? IdentityRecord.Read(File.ReadAllBytes(path)).Identity : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
