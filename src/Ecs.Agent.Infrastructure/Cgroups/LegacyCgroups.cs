using System.Globalization;
using Ecs.Agent.Application.Cgroups;
using Ecs.Agent.Domain.Cgroups;
using Polly;
using Polly.Retry;

namespace Ecs.Agent.Infrastructure.Cgroups;

/// <summary>Control groups version 1: one hierarchy of directories for each controller, and limits are files in them.</summary>
internal sealed class LegacyCgroups : IHostCgroups
{
    private const string Root = "ecs";
    private static readonly string[] Limited = ["cpu", "memory", "pids"];
    private static readonly string[] Inherited = ["cpuset.cpus", "cpuset.mems"];

    private readonly string _mountPath;
    private readonly ResiliencePipeline _removal;

    /// <param name="mountPath">Where the hierarchies are mounted.</param>
    /// <param name="time">The clock of the waits while a group is not empty yet.</param>
    public LegacyCgroups(string mountPath, TimeProvider time)
    {
        _mountPath = mountPath;

        // What ran for a container may end a moment after the container itself; the kernel announces nothing.
        _removal = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = 5,
                Delay = TimeSpan.FromMilliseconds(100),
                BackoffType = DelayBackoffType.Exponential,
                ShouldHandle = new PredicateBuilder().Handle<CgroupException>(),
            })
            .Build();
    }

    public string DockerDriver => "cgroupfs";

    public void Prepare() => Guarded($"make /{Root}", () =>
    {
        if (Limited.Except(Hierarchies().SelectMany(ControllersOf)).ToArray() is { Length: > 0 } missing)
        {
            throw new CgroupException($"there is no cgroup controller {string.Join(", ", missing)} at {_mountPath}");
        }

        MakeGroup(Root);
    });

    public string ParentOf(string taskId) => $"/{Root}/{taskId}";

    public Task CreateAsync(TaskCgroup cgroup, CancellationToken cancellationToken) => Task.Run(
        () => Guarded($"make {ParentOf(cgroup.TaskId)}", () =>
        {
            var group = $"{Root}/{cgroup.TaskId}";
            MakeGroup(group);
            Limit(group, cgroup);
        }),
        cancellationToken);

    public async Task RemoveAsync(string taskId, CancellationToken cancellationToken) => await _removal.ExecuteAsync(
        async token => await Task.Run(() => Guarded($"remove {ParentOf(taskId)}", () => RemoveEverywhere(taskId)), token), cancellationToken);

    /// <summary>Docker adds to hierarchies that are not ours to make, such as the unified one beside these.</summary>
    private void RemoveEverywhere(string taskId)
    {
        IOException? first = null;
        foreach (var hierarchy in Mounts())
        {
            try
            {
                RemoveTree(Path.Combine(hierarchy, Root, taskId));
            }
            catch (IOException e)
            {
                first ??= e;
            }
        }

        if (first is not null)
        {
            throw first;
        }
    }

    private void Limit(string group, TaskCgroup cgroup)
    {
        var cpu = DirectoryOf("cpu", group);
        if (cgroup.CpuQuota is { } quota)
        {
            Write(cpu, "cpu.cfs_period_us", (long)quota.Period.TotalMicroseconds);
            Write(cpu, "cpu.cfs_quota_us", (long)quota.Time.TotalMicroseconds);
        }
        else if (cgroup.CpuShares is { } shares)
        {
            Write(cpu, "cpu.shares", shares);
        }

        var memory = DirectoryOf("memory", group);
        CountChildren(memory);
        if (cgroup.MemoryBytes is { } bytes)
        {
            Write(memory, "memory.limit_in_bytes", bytes);
        }

        if (cgroup.Pids is { } pids)
        {
            Write(DirectoryOf("pids", group), "pids.max", pids);
        }
    }

    /// <summary>
    /// Without this a limit would hold for the group but not for the containers in it. Newer kernels know no other way, and a group that
    /// has containers already cannot be changed.
    /// </summary>
    private static void CountChildren(string memory)
    {
        var file = Path.Combine(memory, "memory.use_hierarchy");
        if (!File.Exists(file) || File.ReadAllText(file).Trim() != "1")
        {
            Write(memory, "memory.use_hierarchy", 1);
        }
    }

    private void MakeGroup(string group)
    {
        foreach (var hierarchy in Hierarchies())
        {
            var directory = Path.Combine(hierarchy, group);
            Directory.CreateDirectory(directory);
            if (ControllersOf(hierarchy).Contains("cpuset"))
            {
                InheritCpuset(directory);
            }
        }
    }

    /// <summary>A group without CPUs and memory nodes takes no process.</summary>
    private static void InheritCpuset(string directory)
    {
        foreach (var name in Inherited)
        {
            var file = Path.Combine(directory, name);
            if (string.IsNullOrWhiteSpace(File.ReadAllText(file)))
            {
                File.WriteAllText(file, File.ReadAllText(Path.Combine(Path.GetDirectoryName(directory)!, name)));
            }
        }
    }

    /// <summary>The deepest first. A group with processes stays, and that is an error.</summary>
    private static void RemoveTree(string directory)
    {
        if (!Directory.Exists(directory))
        {
            return;
        }

        foreach (var child in Directory.EnumerateDirectories(directory))
        {
            RemoveTree(child);
        }

        try
        {
            Directory.Delete(directory);
        }
        catch (DirectoryNotFoundException)
        {
            // Docker was faster.
        }
    }

    private string DirectoryOf(string controller, string group) => Path.Combine(
        Hierarchies().FirstOrDefault(hierarchy => ControllersOf(hierarchy).Contains(controller))
            ?? throw new CgroupException($"the cgroup controller {controller} is no longer at {_mountPath}"),
        group);

    /// <summary>Without the links that lead from <c>cpu</c> to <c>cpu,cpuacct</c>, where two controllers share one.</summary>
    private IEnumerable<string> Mounts() => Directory.EnumerateDirectories(_mountPath)
        .Where(directory => !File.GetAttributes(directory).HasFlag(FileAttributes.ReparsePoint)
            && File.Exists(Path.Combine(directory, "cgroup.procs")));

    private IEnumerable<string> Hierarchies() => Mounts().Where(directory => !UnifiedCgroups.AreMountedAt(directory));

    private static string[] ControllersOf(string hierarchy) => Path.GetFileName(hierarchy).Split(',');

    private static void Write(string directory, string file, long value) =>
        File.WriteAllText(Path.Combine(directory, file), value.ToString(CultureInfo.InvariantCulture));

    private static void Guarded(string what, Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CgroupException($"cannot {what}: {e.Message}", e);
        }
    }
}
