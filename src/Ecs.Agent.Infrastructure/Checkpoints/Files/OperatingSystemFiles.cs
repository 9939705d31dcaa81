namespace Ecs.Agent.Infrastructure.Checkpoints.Files;

/// <summary>The files of the machine.</summary>
internal sealed class OperatingSystemFiles : IFileLayer
{
    public static OperatingSystemFiles Instance { get; } = new();

    public string? Vfs => null;

    public bool Exists(string path) => File.Exists(path);

    public void Create(string path) =>
        new FileStream(path, DurableFile.OwnersOnly(FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite)).Dispose();

    public void Move(string from, string to) => File.Move(from, to, overwrite: true);

    public void Delete(string path) => File.Delete(path);

    public void SyncDirectory(string directory) => DurableFile.SyncDirectory(directory);
}
