namespace Ecs.Agent.Infrastructure.Checkpoints.Files;

/// <summary>Where the database's files are. All throw <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.</summary>
internal interface IFileLayer
{
    /// <summary>The name of the layer that SQLite itself goes through; null means its own for this operating system.</summary>
    string? Vfs { get; }

    bool Exists(string path);

    /// <summary>Makes an empty file, readable by its owner only.</summary>
    void Create(string path);

    /// <summary>Gives the file another name in the same directory.</summary>
    void Move(string from, string to);

    /// <summary>Durable once the directory is synced, like a new name.</summary>
    void Delete(string path);

    /// <summary>Makes durable which files the directory holds, and under which names.</summary>
    void SyncDirectory(string directory);
}
