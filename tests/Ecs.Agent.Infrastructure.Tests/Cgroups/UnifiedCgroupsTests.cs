using Ecs.Agent.Application.Cgroups;
using Ecs.Agent.Domain.Cgroups;
using Ecs.Agent.Infrastructure.Cgroups;
using Ecs.Agent.Infrastructure.Cgroups.Systemd;
using Microsoft.Extensions.Time.Testing;

namespace Ecs.Agent.Infrastructure.Tests.Cgroups;

/// <summary>Version 2: files in a directory for the kernel, and a bus of our own for systemd's.</summary>
public sealed class UnifiedCgroupsTests : IDisposable
{
    private const string Slice = "ecstasks-0a1b.slice";

    private readonly CgroupTree _tree = new CgroupTree().WithUnified("", "cpuset cpu io memory pids\n", "cpu memory pids\n");
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static TaskCgroup Limited => new()
    {
        TaskId = "0a1b",
        CpuQuota = CpuQuota.Of(0.5, TimeSpan.FromMilliseconds(20)),
        MemoryBytes = 256 * 1048576,
        Pids = 50,
    };

    public void Dispose() => _tree.Dispose();

    [Theory]
    [InlineData("cpu memory", "cpu memory", null)]
    [InlineData("cpu io memory", "io", "+cpu +memory")]
    public void Prepare_ControllersOfTheRoot_ArePassedOn(string available, string passedOn, string? written)
    {
        _tree.WithUnified("", available, passedOn);

        // The double keeps what is written instead of turning it into a list of what is on, so it is enough to be read as one.
        var cgroups = new UnifiedCgroups(_tree.Path, new SystemdUnits("/nowhere", _time));
        if (written is null)
        {
            cgroups.Prepare();
        }
        else
        {
            Assert.StartsWith("the cgroup controller cpu, memory is not in ", Assert.Throws<CgroupException>(cgroups.Prepare).Message, StringComparison.Ordinal);
        }

        Assert.Equal(written ?? passedOn, _tree.Read("cgroup.subtree_control"));
    }

    [Fact]
    public void Prepare_ControllerTheKernelLacks_IsNamed()
    {
        _tree.WithUnified("", "cpu io", "cpu io");

        var failed = Assert.Throws<CgroupException>(new UnifiedCgroups(_tree.Path, new SystemdUnits("/nowhere", _time)).Prepare);
        Assert.Equal($"the cgroup controller memory is not in {_tree.Path}/cgroup.controllers", failed.Message);
    }

    [Fact]
    public async Task Create_Limits_ReachSystemdAndAwaitItsJob()
    {
        _tree.WithUnified($"ecstasks.slice/{Slice}", "cpu memory pids", "");
        await using var bus = Systemd((peer, _) =>
        [
            BusPeer.Announces("/org/freedesktop/systemd1/job/6", "other.service", "failed"),
            peer.Returns("o", body => body.Text(BusPeer.Job)),
            BusPeer.Announces(BusPeer.Job, Slice, "done"),
        ]);

        await Cgroups(bus).CreateAsync(Limited, Cancellation);

        Assert.Equal(["Hello", "AddMatch", "Subscribe", "StartTransientUnit"], bus.Calls.Select(call => call.Member));
        var body = new DBusReader(bus.BodyOf("StartTransientUnit"));
        Assert.Equal((Slice, "replace"), (body.Text(), body.Text()));
        Assert.Equal(
            [
                "Description=ECS task 0a1b", "DefaultDependencies=False", "CPUAccounting=True", "MemoryAccounting=True", "TasksAccounting=True",
                "CPUQuotaPerSecUSec=500000", "CPUQuotaPeriodUSec=20000", "MemoryMax=268435456", "TasksMax=50",
            ],
            PropertiesIn(body));
        Assert.Equal(0u, body.Unsigned32());
        Assert.True(body.Align(8).AtEnd);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(102, 4)]
    [InlineData(1024, 39)]
    [InlineData(262144, 10000)]
    public async Task Create_Shares_AreAWeight(int shares, int weight)
    {
        _tree.WithUnified($"ecstasks.slice/{Slice}", "cpu memory", "");
        await using var bus = Systemd(JobDone);

        await Cgroups(bus).CreateAsync(new TaskCgroup { TaskId = "0a1b", CpuShares = shares }, Cancellation);

        var body = new DBusReader(bus.BodyOf("StartTransientUnit"));
        _ = (body.Text(), body.Text());
        Assert.Equal($"CPUWeight={weight}", PropertiesIn(body)[^1]);
    }

    [Fact]
    public async Task Create_SliceThatIsThere_GetsTheLimits()
    {
        _tree.WithUnified($"ecstasks.slice/{Slice}", "cpu memory", "");
        await using var bus = Systemd((peer, member) => member == "SetUnitProperties"
            ? [peer.Returns()]
            : [peer.Fails("org.freedesktop.systemd1.UnitExists", "Unit exists.")]);

        await Cgroups(bus).CreateAsync(Limited, Cancellation);

        var body = new DBusReader(bus.BodyOf("SetUnitProperties"));
        Assert.Equal((Slice, 1u), (body.Text(), body.Unsigned32()));
        Assert.Contains("MemoryMax=268435456", PropertiesIn(body));
    }

    [Fact]
    public async Task Create_SliceWithoutController_IsAnError()
    {
        _tree.WithUnified($"ecstasks.slice/{Slice}", "cpu", "");
        await using var bus = Systemd(JobDone);

        var failed = await Assert.ThrowsAsync<CgroupException>(() => Cgroups(bus).CreateAsync(Limited, Cancellation));
        Assert.Equal($"the cgroup controller memory is not in {_tree.Path}/ecstasks.slice/{Slice}/cgroup.controllers", failed.Message);
    }

    [Fact]
    public async Task Create_IdWithDashes_LiesAsDeepAsSystemdPutsIt()
    {
        _tree.WithUnified("ecstasks.slice/ecstasks-a.slice/ecstasks-a-b.slice", "cpu memory", "");
        await using var bus = Systemd(JobDone);

        await Cgroups(bus).CreateAsync(Limited with { TaskId = "a-b" }, Cancellation);
    }

    [Theory]
    [InlineData("failed", "systemd says that its job has ended with 'failed'")]
    [InlineData("canceled", "systemd says that its job has ended with 'canceled'")]
    public async Task Create_JobThatFails_IsAnError(string result, string message)
    {
        await using var bus = Systemd((peer, _) =>
            [peer.Returns("o", body => body.Text(BusPeer.Job)), BusPeer.Announces(BusPeer.Job, Slice, result)]);

        Assert.Equal(message, (await Assert.ThrowsAsync<CgroupException>(() => Cgroups(bus).CreateAsync(Limited, Cancellation))).Message);
    }

    [Fact]
    public async Task Create_Refused_CarriesSystemdsWords()
    {
        await using var bus = Systemd((peer, _) => [peer.Fails("org.freedesktop.DBus.Error.AccessDenied", "Permission denied")]);

        Assert.Equal(
            $"systemd does not start {Slice}: Permission denied (org.freedesktop.DBus.Error.AccessDenied)",
            (await Assert.ThrowsAsync<CgroupException>(() => Cgroups(bus).CreateAsync(Limited, Cancellation))).Message);
    }

    [Fact]
    public async Task Create_NoBus_SaysWhere()
    {
        var cgroups = new UnifiedCgroups(_tree.Path, new SystemdUnits("/nowhere/bus", _time));

        Assert.StartsWith(
            $"systemd cannot be asked to start {Slice}, because no bus answers at /nowhere/bus: ",
            (await Assert.ThrowsAsync<CgroupException>(() => cgroups.CreateAsync(Limited, Cancellation))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_UserNotLetIn_IsAnError()
    {
        await using var bus = new BusPeer((_, _) => []) { Admission = "REJECTED EXTERNAL" };

        Assert.Equal(
            $"systemd does not start {Slice}: the bus does not let this user in: REJECTED EXTERNAL",
            (await Assert.ThrowsAsync<CgroupException>(() => Cgroups(bus).CreateAsync(Limited, Cancellation))).Message);
    }

    [Fact]
    public async Task Create_SilentSystemd_EndsAfterHalfAMinute()
    {
        var asked = new TaskCompletionSource();
        await using var bus = Systemd((peer, _) =>
        {
            asked.SetResult();
            return [];
        });

        var creating = Cgroups(bus).CreateAsync(Limited, Cancellation);
        await asked.Task;
        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(
            $"systemd did not start {Slice} within 30 s",
            (await Assert.ThrowsAsync<CgroupException>(() => creating)).Message);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("org.freedesktop.systemd1.NoSuchUnit")]
    public async Task Remove_SliceThereOrNot_IsSuccess(string? error)
    {
        await using var bus = Systemd((peer, member) => error is null ? JobDone(peer, member) : [peer.Fails(error, "no")]);

        await Cgroups(bus).RemoveAsync("0a1b", Cancellation);

        var body = new DBusReader(bus.BodyOf("StopUnit"));
        Assert.Equal((Slice, "replace"), (body.Text(), body.Text()));
    }

    private static IEnumerable<byte[]> JobDone(BusPeer peer, string member) =>
        [peer.Returns("o", body => body.Text(BusPeer.Job)), BusPeer.Announces(BusPeer.Job, Slice, "done")];

    private static BusPeer Systemd(Func<BusPeer, string, IEnumerable<byte[]>> answer) =>
        new((peer, member) => member is "AddMatch" or "Subscribe" ? [peer.Returns()] : answer(peer, member));

    private UnifiedCgroups Cgroups(BusPeer bus) => new(_tree.Path, new SystemdUnits(bus.SocketPath, _time));

    private static List<string> PropertiesIn(DBusReader body)
    {
        var properties = new List<string>();
        var length = body.Unsigned32();
        body.Align(8);
        for (var end = body.Position + length; body.Position < end;)
        {
            var name = body.Align(8).Text();
            properties.Add($"{name}={Value(body)}");
        }

        return properties;
    }

    private static object Value(DBusReader body) => body.Signature() switch
    {
        "s" => body.Text(),
        "b" => body.Unsigned32() == 1,
        "t" => body.Unsigned64(),
        var other => throw new InvalidOperationException(other),
    };
}
