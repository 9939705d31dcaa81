using System.Globalization;
using Ecs.Agent.Infrastructure.Checkpoints.Files;

namespace Ecs.Agent.Infrastructure.Checkpoints;

/// <summary>
/// The database that takes another one's place. It is built beside it, gets its own name once it is whole and on the disk, and only then is the
/// other one put aside. So at any moment either the old one is still all there or the new one is, under one of two names.
/// </summary>
internal sealed class DatabaseSuccessor(string path, IFileLayer files, TimeProvider time)
{
    /// <summary>SQLite's own files beside a database.</summary>
    private static readonly string[] Companions = ["-wal", "-shm", "-journal"];

    private readonly string _directory = Path.GetDirectoryName(path)!;

    /// <summary>The names of what is on its way to being the database begin with this.</summary>
    public static string Mark => ".next";

    /// <summary>Whether there is one that is whole, of which the succession was cut short.</summary>
    public bool IsComplete => files.Exists(Ready);

    private string Ready => path + Mark;

    private string Unfinished => path + Mark + "-unfinished";

    /// <summary>Makes it, whole and durable. What an earlier attempt has left is made anew.</summary>
    public void Build(Action<CheckpointDatabase> fill)
    {
        foreach (var left in Companions.Prepend("").Select(part => Unfinished + part).Where(files.Exists))
        {
            files.Delete(left);
        }

        files.Create(Unfinished);
        using (var database = CheckpointDatabase.Open(Unfinished, files.Vfs))
        {
            fill(database);
            database.MergeLog();
        }

        files.Move(Unfinished, Ready);
        files.SyncDirectory(_directory);
    }

    /// <summary>Puts what is in its place aside, with the suffix and the time, and takes the place.</summary>
    public void Succeed(string suffix)
    {
        var stamp = time.GetUtcNow().ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture);
        foreach (var part in Companions.Prepend("").Where(part => files.Exists(path + part)))
        {
            files.Move(path + part, $"{path}.{suffix}-{stamp}{part}");
        }

        // The log of the old one must be gone for good before the new one has the name that the log belongs to.
        files.SyncDirectory(_directory);
        files.Move(Ready, path);
        files.SyncDirectory(_directory);
    }
}
