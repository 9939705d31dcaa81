using Ecs.Agent.Application.Checkpoints;
using Ecs.Agent.Infrastructure.Checkpoints.Files;
using Microsoft.Data.Sqlite;

namespace Ecs.Agent.Infrastructure.Checkpoints;

/// <summary>What SQLite answers, as a <see cref="CheckpointException"/>.</summary>
internal static class SqliteFailures
{
    /// <summary>SQLite's codes: a statement that makes no sense on this database; one that cannot be written; one that contradicts itself.</summary>
    public const int Error = 1, ReadOnly = 8, Corrupt = 11;

    private const int Busy = 5, Locked = 6, Full = 13, CannotOpen = 14, NotADatabase = 26;

    public static CheckpointFailureKind KindOf(SqliteException failure) => failure.SqliteErrorCode switch
    {
        Full => CheckpointFailureKind.DiskFull,
        ReadOnly or CannotOpen => CheckpointFailureKind.ReadOnly,
        Busy or Locked => CheckpointFailureKind.Locked,
        Corrupt or NotADatabase => CheckpointFailureKind.Damaged,
        _ => CheckpointFailureKind.Failed,
    };

    public static CheckpointException Translate(string directory, SqliteException failure)
    {
        var kind = KindOf(failure);
        return new CheckpointException(kind, FileFailures.Explain(kind, directory, failure.Message), failure);
    }
}
