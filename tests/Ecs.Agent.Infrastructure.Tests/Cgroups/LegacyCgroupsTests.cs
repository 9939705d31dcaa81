using Ecs.Agent.Application.Cgroups;
using Ecs.Agent.Domain.Cgroups;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Infrastructure.Cgroups;
using Ecs.Agent.Infrastructure.Tests.Docker;
using Microsoft.Extensions.Time.Testing;

namespace Ecs.Agent.Infrastructure.Tests.Cgroups;

/// <summary>Version 1, against this machine's kernel where it has it, else against files.</summary>
public sealed class LegacyCgroupsTests(DockerEngine engine)
{
    private const string Mount = "/sys/fs/cgroup";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_Limits_AreTheKernels()
    {
        var cgroups = Real();
        var id = Guid.NewGuid().ToString("n");
        try
        {
            await cgroups.CreateAsync(Limited(id), Cancellation);

            Assert.Equal("100000", Kernel("cpu", id, "cpu.cfs_period_us"));
            Assert.Equal("50000", Kernel("cpu", id, "cpu.cfs_quota_us"));
            Assert.Equal("1024", Kernel("cpu", id, "cpu.shares"));
            Assert.Equal("268435456", Kernel("memory", id, "memory.limit_in_bytes"));
            Assert.Equal("1", Kernel("memory", id, "memory.use_hierarchy"));
            Assert.Equal("50", Kernel("pids", id, "pids.max"));
        }
        finally
        {
            await cgroups.RemoveAsync(id, CancellationToken.None);
        }

        Assert.False(Directory.Exists($"{Mount}/memory/ecs/{id}"));
        await cgroups.RemoveAsync(id, Cancellation);
    }

    [Fact]
    public async Task Create_WithoutLimits_HasSharesOnly()
    {
        var cgroups = Real();
        var id = Guid.NewGuid().ToString("n");
        try
        {
            await cgroups.CreateAsync(new TaskCgroup { TaskId = id, CpuShares = 102 }, Cancellation);

            Assert.Equal("102", Kernel("cpu", id, "cpu.shares"));
            Assert.Equal("-1", Kernel("cpu", id, "cpu.cfs_quota_us"));
            Assert.Equal("max", Kernel("pids", id, "pids.max"));
            Assert.Equal(File.ReadAllText($"{Mount}/memory/memory.limit_in_bytes").Trim(), Kernel("memory", id, "memory.limit_in_bytes"));
        }
        finally
        {
            await cgroups.RemoveAsync(id, CancellationToken.None);
        }
    }

    [Fact]
    public async Task Create_GroupThatIsThere_GetsTheLimits()
    {
        var cgroups = Real();
        var id = Guid.NewGuid().ToString("n");
        try
        {
            await cgroups.CreateAsync(new TaskCgroup { TaskId = id, CpuShares = 2 }, Cancellation);
            await cgroups.CreateAsync(Limited(id), Cancellation);

            Assert.Equal("50000", Kernel("cpu", id, "cpu.cfs_quota_us"));
            Assert.Equal("268435456", Kernel("memory", id, "memory.limit_in_bytes"));
        }
        finally
        {
            await cgroups.RemoveAsync(id, CancellationToken.None);
        }
    }

    [Fact]
    public async Task Container_InTheGroup_IsHeldToItsLimits()
    {
        var cgroups = Real();
        var id = Guid.NewGuid().ToString("n");
        await cgroups.CreateAsync(Limited(id), Cancellation);
        try
        {
            var container = await engine.CreateAsync(Sample.Container with
            {
                // More memory than the task may have, and the container itself has no limit.
                Command = ["sh", "-c", "cat /proc/self/cgroup; exec dd if=/dev/zero of=/dev/null bs=300M count=1"],
                DockerConfig = new DockerConfig { HostConfig = $$"""{"CgroupParent":"{{cgroups.ParentOf(id)}}"}""" },
            });
            await engine.Runtime.StartAsync(container, Cancellation);
            var lines = new List<string>();
            await foreach (var line in engine.Logs.FollowAsync(container.RuntimeId, Cancellation))
            {
                lines.Add(line.Text);
            }

            var ended = await engine.Runtime.InspectAsync(container, Cancellation);
            await engine.Runtime.RemoveAsync(container, Cancellation);

            Assert.Contains(lines, line => line.Contains($":memory:/ecs/{id}/", StringComparison.Ordinal));
            Assert.Equal(
                (137, "OutOfMemoryError: Container killed due to memory usage"), (ended.ExitCode, ended.Error?.Reason));
        }
        finally
        {
            await cgroups.RemoveAsync(id, CancellationToken.None);
        }

        Assert.DoesNotContain(Directory.GetDirectories(Mount), hierarchy => Directory.Exists($"{hierarchy}/ecs/{id}"));
    }

    [Fact]
    public void Prepare_ControllerMissing_IsNamed()
    {
        using var tree = new CgroupTree().WithHierarchy("cpu").WithHierarchy("memory");

        var failed = Assert.Throws<CgroupException>(new LegacyCgroups(tree.Path, TimeProvider.System).Prepare);
        Assert.Equal($"there is no cgroup controller pids at {tree.Path}", failed.Message);
    }

    [Fact]
    public void Prepare_NothingMounted_IsAnErrorAndMakesNothing()
    {
        using var tree = new CgroupTree();
        Directory.CreateDirectory(Path.Combine(tree.Path, "cpu"));

        Assert.Throws<CgroupException>(new LegacyCgroups(tree.Path, TimeProvider.System).Prepare);
        Assert.False(tree.Has("cpu/ecs"));
        Assert.Throws<CgroupException>(new LegacyCgroups(tree.Path + "/nowhere", TimeProvider.System).Prepare);
    }

    [Fact]
    public async Task Create_ControllersThatShareAHierarchy_AreFoundInIt()
    {
        using var tree = new CgroupTree().WithHierarchy("cpu,cpuacct").WithHierarchy("memory").WithHierarchy("pids")
            .WithUnified("unified", "", "");
        Directory.CreateSymbolicLink(Path.Combine(tree.Path, "cpu"), "cpu,cpuacct");
        var cgroups = new LegacyCgroups(tree.Path, TimeProvider.System);

        cgroups.Prepare();
        await cgroups.CreateAsync(new TaskCgroup { TaskId = "t", CpuShares = 102 }, Cancellation);

        Assert.Equal("102", tree.Read("cpu,cpuacct/ecs/t/cpu.shares"));
        Assert.True(tree.Has("pids/ecs/t"));
        Assert.False(tree.Has("unified/ecs"));
    }

    [Fact]
    public async Task Remove_GroupThatIsNotEmptyYet_IsTriedAgainAndHoldsUpNoOther()
    {
        using var tree = new CgroupTree().WithHierarchy("cpu").WithHierarchy("memory").WithHierarchy("pids");
        var time = new FakeTimeProvider();
        var cgroups = new LegacyCgroups(tree.Path, time);
        foreach (var controller in new[] { "cpu", "memory", "pids" })
        {
            Directory.CreateDirectory(Path.Combine(tree.Path, controller, "ecs/t/docker"));
        }

        tree.Write("cpu/ecs/t/docker/process", "");
        var removing = cgroups.RemoveAsync("t", Cancellation);
        while (tree.Has("memory/ecs/t") || tree.Has("pids/ecs/t"))
        {
            await Task.Delay(1, Cancellation);
        }

        File.Delete(Path.Combine(tree.Path, "cpu/ecs/t/docker/process"));
        await ScriptedDaemon.PassTimeAsync(time, TimeSpan.FromMilliseconds(100), Done(removing));
        Assert.False(tree.Has("cpu/ecs/t"));
    }

    [Fact]
    public async Task Remove_GroupThatStaysFull_IsAnError()
    {
        using var tree = new CgroupTree().WithHierarchy("cpu");
        var time = new FakeTimeProvider();
        tree.Write("cpu/ecs/t/process", "");

        var failed = await Assert.ThrowsAsync<CgroupException>(() => ScriptedDaemon.PassTimeAsync(
            time, TimeSpan.FromSeconds(1), Done(new LegacyCgroups(tree.Path, time).RemoveAsync("t", Cancellation))));
        Assert.StartsWith("cannot remove /ecs/t: ", failed.Message, StringComparison.Ordinal);
    }

    private static async Task<bool> Done(Task task)
    {
        await task;
        return true;
    }

    private static TaskCgroup Limited(string id) => new()
    {
        TaskId = id,
        CpuQuota = CpuQuota.Of(0.5, TimeSpan.FromMilliseconds(100)),
        MemoryBytes = 256 * 1048576,
        Pids = 50,
    };

    private static LegacyCgroups Real()
    {
        Assert.SkipUnless(
            File.Exists($"{Mount}/memory/cgroup.procs") && Environment.UserName == "root",
            "This machine has no control groups version 1, or these tests may not change them.");
        var cgroups = new LegacyCgroups(Mount, TimeProvider.System);
        cgroups.Prepare();
        return cgroups;
    }

    private static string Kernel(string controller, string id, string file) => File.ReadAllText($"{Mount}/{controller}/ecs/{id}/{file}").Trim();
}
