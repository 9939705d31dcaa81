namespace Ecs.Agent.Infrastructure.Tests.Cgroups;

/// <summary>A directory that looks like mounted control groups, as far as files without a kernel behind them can.</summary>
internal sealed class CgroupTree : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("cgroups-").FullName;

    /// <summary>A hierarchy of version 1.</summary>
    public CgroupTree WithHierarchy(string controllers)
    {
        Write($"{controllers}/cgroup.procs", "");
        return this;
    }

    /// <summary>The unified hierarchy, at the root or beside those of version 1.</summary>
    public CgroupTree WithUnified(string below, string available, string passedOn)
    {
        Write(System.IO.Path.Combine(below, "cgroup.procs"), "");
        Write(System.IO.Path.Combine(below, "cgroup.controllers"), available);
        Write(System.IO.Path.Combine(below, "cgroup.subtree_control"), passedOn);
        return this;
    }

    public string Read(string file) => File.ReadAllText(System.IO.Path.Combine(Path, file)).Trim();

    public bool Has(string directory) => Directory.Exists(System.IO.Path.Combine(Path, directory));

    public void Write(string file, string text)
    {
        var path = System.IO.Path.Combine(Path, file);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
