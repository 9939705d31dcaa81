using Ecs.Agent.Application.Cgroups;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Domain.Cgroups;
using Ecs.Agent.Infrastructure.Cgroups;
using Ecs.Agent.Infrastructure.Cgroups.Systemd;
using Ecs.Agent.Infrastructure.Docker;
using Ecs.Agent.Infrastructure.Tests.Docker;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ecs.Agent.Infrastructure.Tests.Cgroups;

public sealed class TaskCgroupsTests : IDisposable
{
    private readonly CgroupTree _legacy = new CgroupTree().WithHierarchy("cpu").WithHierarchy("memory").WithHierarchy("pids");
    private readonly CgroupTree _unified = new CgroupTree().WithUnified("", "cpu memory", "cpu memory");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _legacy.Dispose();
        _unified.Dispose();
    }

    [Fact]
    public async Task Prepare_Version1_IsInForce()
    {
        var cgroups = await PreparedAsync(_legacy);

        Assert.Equal((true, false, "/ecs/0a1b"), (cgroups.InForce, cgroups.HostIsUnified, cgroups.CgroupParentOf("0a1b")));
        await cgroups.CreateAsync(new TaskCgroup { TaskId = "0a1b", CpuShares = 2 }, Cancellation);
        Assert.Equal("2", _legacy.Read("cpu/ecs/0a1b/cpu.shares"));
    }

    [Fact]
    public async Task Prepare_Version2_IsInForce()
    {
        var cgroups = await PreparedAsync(_unified, driver: "systemd");

        Assert.Equal((true, true, "ecstasks-0a1b.slice"), (cgroups.InForce, cgroups.HostIsUnified, cgroups.CgroupParentOf("0a1b")));
    }

    [Fact]
    public async Task Prepare_Off_TouchesNothingAndGivesNoParent()
    {
        var cgroups = await PreparedAsync(_legacy, TaskCgroupMode.Off);

        Assert.Equal((false, null), (cgroups.InForce, cgroups.CgroupParentOf("0a1b")));
        await cgroups.CreateAsync(new TaskCgroup { TaskId = "0a1b" }, Cancellation);
        Assert.False(_legacy.Has("cpu/ecs"));
    }

    [Fact]
    public async Task Prepare_DriverOfTheOtherVersion_IsNotInForce() =>
        Assert.False((await PreparedAsync(_unified, driver: "cgroupfs")).InForce);

    [Fact]
    public async Task Prepare_DaemonThatDoesNotSay_IsBelieved() => Assert.True((await PreparedAsync(_unified, driver: null)).InForce);

    [Fact]
    public async Task Prepare_RequiredAndImpossible_IsFatal()
    {
        var failed = await Assert.ThrowsAsync<CgroupException>(
            () => PreparedAsync(_unified, TaskCgroupMode.Required, driver: "cgroupfs"));
        Assert.StartsWith(
            "unable to setup '/ecs' cgroup: the Docker daemon uses the cgroup driver cgroupfs, but groups on this machine need systemd",
            failed.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("-a")]
    public async Task TaskId_ThatIsNoName_IsRefused(string taskId)
    {
        var cgroups = await PreparedAsync(_legacy);

        await Assert.ThrowsAsync<CgroupException>(() => cgroups.RemoveAsync(taskId, Cancellation));
        Assert.Throws<CgroupException>(() => cgroups.CgroupParentOf(taskId));
    }

    [Theory]
    [InlineData("""{"CgroupDriver":"systemd","KernelVersion":"6.1"}""", "systemd")]
    [InlineData("""{"CgroupDriver":"","KernelVersion":"6.1"}""", null)]
    [InlineData("""{"CgroupDriver":"cgroupfs"}""", "cgroupfs")]
    public async Task FindCgroupDriver_Answer_IsRead(string info, string? driver)
    {
        await using var daemon = new ScriptedDaemon(_ => ScriptedDaemon.Json(200, info));

        Assert.Equal(driver, await new DockerMachine(daemon.Http, daemon.Time, "6.1").FindCgroupDriverAsync(Cancellation));
        Assert.Equal(["GET /info"], daemon.Requests);
    }

    [Fact]
    public async Task FindCgroupDriver_OtherKernel_IsRefused()
    {
        await using var daemon = new ScriptedDaemon(_ => ScriptedDaemon.Json(200, """{"KernelVersion":"6.6-linuxkit"}"""));

        var failed = await Assert.ThrowsAsync<CgroupException>(
            () => new DockerMachine(daemon.Http, daemon.Time, "6.1").FindCgroupDriverAsync(Cancellation));
        Assert.Equal(
            "the Docker daemon runs on another machine than this agent: its kernel is 6.6-linuxkit, ours is 6.1", failed.Message);
    }

    [Fact]
    public async Task FindCgroupDriver_DaemonThatFails_SaysNothing()
    {
        await using var daemon = new ScriptedDaemon(_ => ScriptedDaemon.Json(500, "{}"));

        Assert.Null(await new DockerMachine(daemon.Http, daemon.Time, "6.1").FindCgroupDriverAsync(Cancellation));
    }

    private static async Task<TaskCgroups> PreparedAsync(
        CgroupTree tree, TaskCgroupMode mode = TaskCgroupMode.WherePossible, string? driver = "cgroupfs")
    {
        var options = new AgentOptions { Region = "r", CgroupPath = tree.Path, TaskCgroups = mode };
        var cgroups = new TaskCgroups(
            options,
            new Machine(driver),
            new SystemdUnits("/nowhere", TimeProvider.System),
            TimeProvider.System,
            NullLogger<TaskCgroups>.Instance);
        await cgroups.PrepareAsync(Cancellation);
        return cgroups;
    }

    private sealed class Machine(string? driver) : IDockerMachine
    {
        public Task<string?> FindCgroupDriverAsync(CancellationToken cancellationToken) => Task.FromResult(driver);
    }
}
