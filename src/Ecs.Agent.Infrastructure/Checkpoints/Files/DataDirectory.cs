using System.Globalization;
using System.Security.Cryptography;
using Ecs.Agent.Application.Checkpoints;

namespace Ecs.Agent.Infrastructure.Checkpoints.Files;

/// <summary>
/// <c>ECS_DATADIR</c>, held by this process alone for as long as it lives. A second agent on the same directory would undo what the first
/// one does, so it is refused.
/// </summary>
internal sealed class DataDirectory : IDisposable
{
    private const string Lock = "agent.lock", Owner = "agent.pid", Key = "state.key";

    private readonly FileStream _lock;
    private byte[]? _key;

    private DataDirectory(string path, FileStream @lock)
    {
        DirectoryPath = path;
        _lock = @lock;
    }

    public string DirectoryPath { get; }

    /// <summary>The database with the agent's state.</summary>
    public string DatabasePath => Path.Combine(DirectoryPath, "state.db");

    /// <summary>Who this agent is to the control plane.</summary>
    public string IdentityPath => Path.Combine(DirectoryPath, "identity.json");

    /// <summary>Takes the directory. Throws <see cref="CheckpointException"/>, which says what to do.</summary>
    public static DataDirectory Take(string path)
    {
        var full = Path.GetFullPath(path);
        if (!Directory.Exists(full))
        {
            throw new CheckpointException(
                CheckpointFailureKind.Failed,
                File.Exists(full)
                    ? $"ECS_DATADIR {full} is not a directory. Name one, or set ECS_CHECKPOINT=false to keep no state."
                    : $"ECS_DATADIR {full} does not exist. Create it, or set ECS_CHECKPOINT=false to keep no state.");
        }

        try
        {
            var held = Hold(full);
            DurableFile.Replace(
                Path.Combine(full, Owner), System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            return new DataDirectory(full, held);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileFailures.Translate(full, e);
        }
    }

    /// <summary>The key that records are sealed with; made where there is none.</summary>
    public RecordSeal OpenSeal()
    {
        var path = Path.Combine(DirectoryPath, Key);
        try
        {
            if (File.Exists(path) && File.ReadAllBytes(path) is { Length: RecordSeal.KeyLength } key)
            {
                return new RecordSeal(_key = key);
            }

            var fresh = RandomNumberGenerator.GetBytes(RecordSeal.KeyLength);
            DurableFile.Replace(path, fresh);
            return new RecordSeal(_key = fresh);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileFailures.Translate(DirectoryPath, e);
        }
    }

    /// <summary>
    /// Makes sure that the directory still has the key that it was opened with: without it nobody could read what is written from now on. Throws
    /// as the file system does.
    /// </summary>
    public void KeepKey()
    {
        var path = Path.Combine(DirectoryPath, Key);
        if (_key is { } key && !(File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(key)))
        {
            DurableFile.Replace(path, key);
        }
    }

    public void Dispose() => _lock.Dispose();

    /// <summary>The lock goes with the process, however that ends. The file stays: removing it would let two agents hold two locks.</summary>
    private static FileStream Hold(string directory)
    {
        var path = Path.Combine(directory, Lock);
        try
        {
            return new FileStream(path, DurableFile.OwnersOnly(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (File.Exists(path) && FileFailures.KindOf(e) == CheckpointFailureKind.Failed)
        {
            throw new CheckpointException(
                CheckpointFailureKind.Locked,
                $"ECS_DATADIR {directory} is in use by another agent{OwnerOf(directory)}. Stop that one, or give this one a directory of its own.",
                e);
        }
    }

    private static string OwnerOf(string directory)
    {
        try
        {
            return $" (process {File.ReadAllText(Path.Combine(directory, Owner)).Trim()})";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
