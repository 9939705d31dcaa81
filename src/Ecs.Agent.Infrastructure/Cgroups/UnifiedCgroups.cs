using Ecs.Agent.Application.Cgroups;
using Ecs.Agent.Domain.Cgroups;
using Ecs.Agent.Infrastructure.Cgroups.Systemd;

namespace Ecs.Agent.Infrastructure.Cgroups;

/// <summary>
/// Control groups version 2: one hierarchy, which belongs to systemd. A task's group is a slice that systemd is asked for.
/// </summary>
internal sealed class UnifiedCgroups(string mountPath, ISystemdUnits systemd) : IHostCgroups
{
    private const string Slice = "ecstasks";
    private const string Extension = ".slice";
    private const string Available = "cgroup.controllers";
    private const string PassedOn = "cgroup.subtree_control";

    // Shares of 2 to 262144 become weights of 1 to 10000.
    private const long LeastShares = 2, SharesRange = 262142, WeightRange = 9999;

    private static readonly string[] Needed = ["cpu", "memory"];

    public string DockerDriver => "systemd";

    /// <summary>Whether the unified hierarchy lies here.</summary>
    public static bool AreMountedAt(string path) => File.Exists(Path.Combine(path, Available));

    public void Prepare() => Guarded("use the controllers", () =>
    {
        RequireControllers(mountPath, Available);
        var passedOn = Path.Combine(mountPath, PassedOn);
        if (!Needed.All(ControllersIn(passedOn).Contains))
        {
            File.WriteAllText(passedOn, string.Join(' ', Needed.Select(controller => "+" + controller)));
            RequireControllers(mountPath, PassedOn);
        }
    });

    public string ParentOf(string taskId) => $"{Slice}-{taskId}{Extension}";

    public async Task CreateAsync(TaskCgroup cgroup, CancellationToken cancellationToken)
    {
        var slice = ParentOf(cgroup.TaskId);
        await systemd.StartSliceAsync(slice, PropertiesOf(cgroup), cancellationToken);
        Guarded($"make {slice}", () => RequireControllers(DirectoryOf(slice), Available));
    }

    public Task RemoveAsync(string taskId, CancellationToken cancellationToken) =>
        systemd.StopSliceAsync(ParentOf(taskId), cancellationToken);

    /// <summary>A dash in the name of a slice leads one level deeper.</summary>
    private string DirectoryOf(string slice)
    {
        var parts = slice[..^Extension.Length].Split('-');
        var levels = Enumerable.Range(1, parts.Length).Select(depth => string.Join('-', parts[..depth]) + Extension);
        return Path.Combine([mountPath, .. levels]);
    }

    private static List<SystemdProperty> PropertiesOf(TaskCgroup cgroup)
    {
        var properties = new List<SystemdProperty>
        {
            new("Description", $"ECS task {cgroup.TaskId}"),
            new("DefaultDependencies", false),
            new("CPUAccounting", true),
            new("MemoryAccounting", true),
            new("TasksAccounting", true),
        };
        if (cgroup.CpuQuota is { } quota)
        {
            properties.Add(new("CPUQuotaPerSecUSec", (ulong)quota.MicrosecondsPerSecond));
            properties.Add(new("CPUQuotaPeriodUSec", (ulong)quota.Period.TotalMicroseconds));
        }
        else if (cgroup.CpuShares is { } shares)
        {
            properties.Add(new("CPUWeight", (ulong)(1 + ((shares - LeastShares) * WeightRange / SharesRange))));
        }

        if (cgroup.MemoryBytes is { } bytes)
        {
            properties.Add(new("MemoryMax", (ulong)bytes));
        }

        if (cgroup.Pids is { } pids)
        {
            properties.Add(new("TasksMax", (ulong)pids));
        }

        return properties;
    }

    private static void RequireControllers(string directory, string file)
    {
        var missing = Needed.Except(ControllersIn(Path.Combine(directory, file))).ToArray();
        if (missing.Length > 0)
        {
            throw new CgroupException($"the cgroup controller {string.Join(", ", missing)} is not in {Path.Combine(directory, file)}");
        }
    }

    private static string[] ControllersIn(string file) =>
        File.ReadAllText(file).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

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
