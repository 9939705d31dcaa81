using Microsoft.Data.Sqlite;

namespace Ecs.Agent.Infrastructure.Checkpoints;

/// <summary>
/// One connection to the database file: WAL, so that a commit is one append, and synchronous FULL, so that it is on the disk when it
/// returns. Used by one thread at a time. Throws <see cref="SqliteException"/>.
/// </summary>
internal sealed class CheckpointDatabase : IDisposable
{
    private const int BusySeconds = 5;

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);

    private CheckpointDatabase(SqliteConnection connection)
    {
        _connection = connection;
    }

    /// <summary>Opens the file, making it where there is none. The schema is not looked at.</summary>
    /// <param name="path">The file.</param>
    /// <param name="vfs">The file layer below SQLite, which then need not offer shared memory; null means the operating system's.</param>
    public static CheckpointDatabase Open(string path, string? vfs = null)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Pooling = false,
            DefaultTimeout = BusySeconds,
            Vfs = vfs,
        }.ToString());
        var database = new CheckpointDatabase(connection);
        try
        {
            connection.Open();
            if (vfs is not null)
            {
                database.Execute("PRAGMA locking_mode = EXCLUSIVE");
            }

            database.Execute("PRAGMA journal_mode = WAL");
            database.Execute("PRAGMA synchronous = FULL");
            database.Execute("PRAGMA cache_size = -512");
            database.Execute("PRAGMA journal_size_limit = 4194304");
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public int SchemaVersion
    {
        get => Convert.ToInt32(Scalar("PRAGMA user_version"), System.Globalization.CultureInfo.InvariantCulture);
        set => Execute(FormattableString.Invariant($"PRAGMA user_version = {value}"));
    }

    /// <summary>
    /// Brings everything into the one file, which then is all there is of the database, and durable. The last thing to be done with a connection.
    /// </summary>
    public void MergeLog()
    {
        if (Scalar("PRAGMA journal_mode = DELETE") as string is var mode && mode != "delete")
        {
            throw new SqliteException($"the log cannot be merged into the database: its mode stays '{mode}'", SqliteFailures.Error);
        }
    }

    /// <summary>Does all of it or nothing; durable when it returns.</summary>
    public void InTransaction(Action work)
    {
        Execute("BEGIN IMMEDIATE");
        try
        {
            work();
            Execute("COMMIT");
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Command(sql, parameters).ExecuteNonQuery();

    public object? Scalar(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Command(sql, parameters).ExecuteScalar();

    public SqliteDataReader Query(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Command(sql, parameters).ExecuteReader();

    public void Dispose()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }

        _connection.Dispose();
    }

    private void RollBack()
    {
        try
        {
            Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // The failure has rolled it back already.
        }
    }

    private SqliteCommand Command(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            _commands.Add(sql, command);
        }

        command.Parameters.Clear();
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }
}
