using System.Diagnostics;
using Ecs.Agent.Application.Cgroups;
using Ecs.Agent.Infrastructure.Cgroups.Systemd;

namespace Ecs.Agent.Infrastructure.Tests.Cgroups;

/// <summary>Our D-Bus against the reference implementation of the bus, which hangs up on whoever sends a message that is not well-formed.</summary>
public sealed class MessageBusTests : IAsyncLifetime
{
    private const string Daemon = "/usr/bin/dbus-daemon";

    private readonly string _directory = Directory.CreateTempSubdirectory("dbus-").FullName;
    private Process? _daemon;

    private string SocketPath => Path.Combine(_directory, "bus");

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Daemon))
        {
            return;
        }

        var configuration = Path.Combine(_directory, "bus.conf");
        await File.WriteAllTextAsync(
            configuration,
            $"""
             <busconfig>
               <type>session</type>
               <listen>unix:path={SocketPath}</listen>
               <auth>EXTERNAL</auth>
               <policy context="default">
                 <allow send_destination="*"/>
                 <allow receive_sender="*"/>
               </policy>
             </busconfig>
             """);
        _daemon = Process.Start(new ProcessStartInfo(Daemon, ["--config-file", configuration, "--nofork", "--nopidfile", "--print-address"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

        // It prints its address once it listens.
        await _daemon.StandardOutput.ReadLineAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_daemon is not null)
        {
            _daemon.Kill();
            await _daemon.WaitForExitAsync();
            _daemon.Dispose();
        }

        Directory.Delete(_directory, recursive: true);
    }

    [Theory]
    [InlineData("start")]
    [InlineData("stop")]
    public async Task Slice_BusWithoutSystemd_IsUnderstoodAndAnswered(string wish)
    {
        Assert.SkipUnless(File.Exists(Daemon), $"There is no {Daemon} on this machine.");
        var units = new SystemdUnits(SocketPath, TimeProvider.System);
        SystemdProperty[] properties = [new("Description", "x"), new("CPUAccounting", true), new("MemoryMax", 1UL << 33)];
        var token = TestContext.Current.CancellationToken;

        var failed = await Assert.ThrowsAsync<CgroupException>(() => wish == "start"
            ? units.StartSliceAsync("ecstasks-a.slice", properties, token)
            : units.StopSliceAsync("ecstasks-a.slice", token));

        Assert.Equal(
            $"systemd does not {wish} ecstasks-a.slice: The name org.freedesktop.systemd1 was not provided by any .service files "
            + "(org.freedesktop.DBus.Error.ServiceUnknown)",
            failed.Message);
    }
}
