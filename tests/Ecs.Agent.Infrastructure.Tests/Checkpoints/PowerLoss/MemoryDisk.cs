using Ecs.Agent.Infrastructure.Checkpoints.Files;

namespace Ecs.Agent.Infrastructure.Tests.Checkpoints.PowerLoss;

/// <summary>
/// A directory in memory that knows what has been synced, and can tell what would be there if the power went now. SQLite works on it through
/// <see cref="MemoryVfs"/>. Names are durable once the directory is synced, which SQLite does when it first syncs a new log.
/// </summary>
internal sealed class MemoryDisk : IFileLayer, IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, MemoryDiskFile> _files = new(StringComparer.Ordinal);
    private readonly List<Action<Dictionary<string, MemoryDiskFile>>> _unsyncedNames = [];
    private readonly MemoryVfs _vfs;
    private Dictionary<string, MemoryDiskFile> _durableNames = new(StringComparer.Ordinal);

    public MemoryDisk()
    {
        _vfs = new MemoryVfs(this);
    }

    public string Vfs => _vfs.Name;

    /// <summary>The SQLite code that an operation on a file fails with; 0 lets it pass. Called before the operation has any effect.</summary>
    public Func<DiskOperation, string, int> Fault { get; set; } = (_, _) => 0;

    /// <summary>Files whose syncs are answered and not done: a store that does not sync, or a disk that lies.</summary>
    public Predicate<string> IgnoresSync { get; set; } = _ => false;

    /// <summary>Whether syncs of the directory that the agent itself asks for are answered and not done.</summary>
    public bool IgnoresDirectorySync { get; set; }

    /// <summary>How many syncs were done.</summary>
    public int Syncs { get; private set; }

    public bool Exists(string path)
    {
        lock (_lock)
        {
            return _files.ContainsKey(NameOf(path));
        }
    }

    public void Create(string path)
    {
        if (Exists(path) || Fault(DiskOperation.Open, NameOf(path)) != 0)
        {
            throw new IOException($"{path} cannot be created");
        }

        Open(path);
    }

    public void Move(string from, string to)
    {
        Require(DiskOperation.Move, from);
        lock (_lock)
        {
            var (source, target) = (NameOf(from), NameOf(to));
            ChangeNames(names =>
            {
                if (names.Remove(source, out var file))
                {
                    names[target] = file;
                }
            });
        }
    }

    /// <summary>The disk as it would be found after a power loss at this moment.</summary>
    public MemoryDisk AfterPowerLoss(Random random)
    {
        var how = random.Next(4);
        Fate Draw() => how switch
        {
            0 => Fate.Lost,
            1 => Fate.Kept,
            2 => (Fate)random.Next(3),
            _ => Fate.Torn,
        };
        var found = new MemoryDisk();
        lock (_lock)
        {
            var names = new Dictionary<string, MemoryDiskFile>(_durableNames, StringComparer.Ordinal);
            foreach (var change in UnsyncedNames(how, random))
            {
                change(names);
            }

            foreach (var (name, file) in names)
            {
                found._files[name] = new MemoryDiskFile(file.AfterPowerLoss(Draw, random));
            }
        }

        found._durableNames = new Dictionary<string, MemoryDiskFile>(found._files, StringComparer.Ordinal);
        return found;
    }

    public void Dispose() => _vfs.Dispose();

    /// <summary>The file of that name, made where there is none.</summary>
    internal MemoryDiskFile Open(string path)
    {
        lock (_lock)
        {
            var name = NameOf(path);
            if (!_files.TryGetValue(name, out var file))
            {
                file = new MemoryDiskFile([]);
                ChangeNames(names => names[name] = file);
            }

            return file;
        }
    }

    void IFileLayer.Delete(string path)
    {
        Require(DiskOperation.Delete, path);
        Delete(path);
    }

    void IFileLayer.SyncDirectory(string directory)
    {
        Require(DiskOperation.SyncDirectory, directory);
        if (!IgnoresDirectorySync)
        {
            SyncNames();
        }
    }

    internal void Delete(string path)
    {
        lock (_lock)
        {
            var name = NameOf(path);
            ChangeNames(names => names.Remove(name));
        }
    }

    internal T On<T>(Func<T> work)
    {
        lock (_lock)
        {
            return work();
        }
    }

    /// <summary>Makes the file durable and, where asked for, which files there are.</summary>
    internal void Sync(string path, MemoryDiskFile file, bool directory)
    {
        if (IgnoresSync(NameOf(path)))
        {
            return;
        }

        lock (_lock)
        {
            Syncs++;
            file.Sync();
            if (directory)
            {
                SyncNames();
            }
        }
    }

    internal void SyncNames()
    {
        lock (_lock)
        {
            _durableNames = new Dictionary<string, MemoryDiskFile>(_files, StringComparer.Ordinal);
            _unsyncedNames.Clear();
        }
    }

    /// <summary>All changes of names, those up to some moment, or, since no directory promises an order, any of them.</summary>
    private IEnumerable<Action<Dictionary<string, MemoryDiskFile>>> UnsyncedNames(int how, Random random) => how switch
    {
        1 => _unsyncedNames,
        3 => _unsyncedNames.Where(_ => random.Next(2) == 0).ToList(),
        _ => _unsyncedNames.Take(random.Next(_unsyncedNames.Count + 1)),
    };

    private void Require(DiskOperation operation, string path)
    {
        if (Fault(operation, NameOf(path)) != 0)
        {
            throw new IOException($"{path}: {operation} fails");
        }
    }

    private void ChangeNames(Action<Dictionary<string, MemoryDiskFile>> change)
    {
        _unsyncedNames.Add(change);
        change(_files);
    }

    private static string NameOf(string path) => Path.GetFileName(path);
}
