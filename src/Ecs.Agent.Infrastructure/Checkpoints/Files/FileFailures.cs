using Ecs.Agent.Application.Checkpoints;

namespace Ecs.Agent.Infrastructure.Checkpoints.Files;

/// <summary>What a file system answers, in words that say what to do.</summary>
internal static class FileFailures
{
    private const int NoSpace = 28, ReadOnlyFileSystem = 30, QuotaExceeded = 122;

    public static CheckpointFailureKind KindOf(Exception failure) => failure switch
    {
        UnauthorizedAccessException => CheckpointFailureKind.ReadOnly,
        IOException io => (io.HResult & 0xFFFF) switch
        {
            NoSpace or QuotaExceeded => CheckpointFailureKind.DiskFull,
            ReadOnlyFileSystem => CheckpointFailureKind.ReadOnly,
            _ => CheckpointFailureKind.Failed,
        },
        _ => CheckpointFailureKind.Failed,
    };

    public static CheckpointException Translate(string directory, Exception failure)
    {
        var kind = KindOf(failure);
        return new CheckpointException(kind, Explain(kind, directory, failure.Message), failure);
    }

    /// <summary>One sentence with what is wrong, then what to do.</summary>
    public static string Explain(CheckpointFailureKind kind, string directory, string detail) => kind switch
    {
        CheckpointFailureKind.DiskFull => $"the disk of {directory} is full ({detail}). Make room: nothing new is begun or reported until then.",
        CheckpointFailureKind.ReadOnly => $"{directory} cannot be written ({detail}). Check its owner, its mode and whether its disk is mounted read-only.",
        CheckpointFailureKind.Locked => $"the state in {directory} is held by another process ({detail}). Close whatever has it open.",
        CheckpointFailureKind.Damaged => $"the state in {directory} is damaged ({detail}).",
        _ => $"the state in {directory} cannot be read or written ({detail}).",
    };
}
