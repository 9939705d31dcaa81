namespace Ecs.Agent.Infrastructure.Tests.Checkpoints.Corruption;

/// <summary>The files of a data directory at one moment, by name.</summary>
internal sealed record SavedState(IReadOnlyDictionary<string, byte[]> Files)
{
    public const string Database = "state.db", Log = "state.db-wal", Key = "state.key", Identity = "identity.json";

    /// <summary>What a SIGKILL at this moment would leave: the files as they are, while the agent has them open.</summary>
    public static SavedState Of(string directory) => new(
        new[] { Database, Log, Key, Identity }
            .Where(name => File.Exists(Path.Combine(directory, name)))
            .ToDictionary(name => name, name => Read(Path.Combine(directory, name)), StringComparer.Ordinal));

    /// <summary>This one's file in place of the other's; none where this one has none.</summary>
    public SavedState With(string name, byte[]? content)
    {
        var files = new Dictionary<string, byte[]>(Files, StringComparer.Ordinal);
        files.Remove(name);
        if (content is not null)
        {
            files[name] = content;
        }

        return new SavedState(files);
    }

    public void WriteTo(string directory)
    {
        foreach (var (name, content) in Files)
        {
            File.WriteAllBytes(Path.Combine(directory, name), content);
        }
    }

    private static byte[] Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var content = new byte[file.Length];
        file.ReadExactly(content);
        return content;
    }
}
