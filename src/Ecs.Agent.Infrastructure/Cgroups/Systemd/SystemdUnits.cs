using System.Net.Sockets;
using Ecs.Agent.Application.Cgroups;

namespace Ecs.Agent.Infrastructure.Cgroups.Systemd;

/// <summary>
/// Asks systemd for slices over the system bus. Each wish has its own connection: there are two in the life of a task, and a connection that
/// is not kept cannot break.
/// </summary>
/// <param name="socketPath">Where the bus listens.</param>
/// <param name="time">The clock of the limit.</param>
internal sealed class SystemdUnits(string socketPath, TimeProvider time) : ISystemdUnits
{
    public const string SystemBus = "/run/dbus/system_bus_socket";

    private const string Service = "org.freedesktop.systemd1";
    private const string Manager = Service + ".Manager";
    private const string JobRemoved = "JobRemoved";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public Task StartSliceAsync(string name, IReadOnlyList<SystemdProperty> properties, CancellationToken cancellationToken) =>
        AskAsync(
            $"start {name}",
            async (bus, token) =>
            {
                try
                {
                    await RunJobAsync(bus, StartRequest(name, properties), token);
                }
                catch (DBusErrorException e) when (e.Name == Service + ".UnitExists")
                {
                    await bus.CallAsync(SetRequest(name, properties), token);
                }
            },
            cancellationToken);

    public Task StopSliceAsync(string name, CancellationToken cancellationToken) => AskAsync(
        $"stop {name}",
        async (bus, token) =>
        {
            try
            {
                await RunJobAsync(bus, Request("StopUnit", "ss", body => body.Text(name).Text("replace")), token);
            }
            catch (DBusErrorException e) when (e.Name == Service + ".NoSuchUnit")
            {
                // Gone already.
            }
        },
        cancellationToken);

    /// <summary>systemd answers with a job, whose end it announces; nothing is there before that.</summary>
    private static async Task RunJobAsync(DBusConnection bus, DBusMessage request, CancellationToken cancellationToken)
    {
        await bus.CallAsync(
            new DBusMessage(
                DBusConnection.BusName,
                DBusConnection.BusPath,
                DBusConnection.BusName,
                "AddMatch",
                "s",
                new DBusWriter().Text($"type='signal',interface='{Manager}',member='{JobRemoved}'").ToArray()),
            cancellationToken);
        await bus.CallAsync(Request("Subscribe", "", body => body), cancellationToken);
        var job = (await bus.CallAsync(request, cancellationToken)).Text();
        while (true)
        {
            var removed = await bus.NextSignalAsync(Manager, JobRemoved, cancellationToken);
            removed.Unsigned32();
            if (removed.Text() != job)
            {
                continue;
            }

            _ = removed.Text();
            var result = removed.Text();
            if (result != "done")
            {
                throw new CgroupException($"systemd says that its job has ended with '{result}'");
            }

            return;
        }
    }

    private static DBusMessage StartRequest(string name, IReadOnlyList<SystemdProperty> properties) => Request(
        "StartTransientUnit",
        "ssa(sv)a(sa(sv))",
        body => Properties(body.Text(name).Text("replace"), properties).Array(8, _ => { }));

    private static DBusMessage SetRequest(string name, IReadOnlyList<SystemdProperty> properties) => Request(
        "SetUnitProperties",
        "sba(sv)",
        body => Properties(
            body.Text(name).Switch(true), [.. properties.Where(property => property.Name is not ("Description" or "DefaultDependencies"))]));

    private static DBusWriter Properties(DBusWriter body, IReadOnlyList<SystemdProperty> properties) => body.Array(8, array =>
    {
        foreach (var property in properties)
        {
            array.Align(8).Text(property.Name).Variant(property.Value);
        }
    });

    private static DBusMessage Request(string member, string signature, Func<DBusWriter, DBusWriter> body) =>
        new(Service, "/org/freedesktop/systemd1", Manager, member, signature, body(new DBusWriter()).ToArray());

    private async Task AskAsync(string what, Func<DBusConnection, CancellationToken, Task> ask, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await using var bus = await DBusConnection.OpenAsync(socketPath, either.Token);
            await ask(bus, either.Token);
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new CgroupException($"systemd did not {what} within {Limit.TotalSeconds:0} s", e);
        }
        catch (SocketException e)
        {
            throw new CgroupException($"systemd cannot be asked to {what}, because no bus answers at {socketPath}: {e.Message}", e);
        }
        catch (Exception e) when (e is DBusErrorException or IOException)
        {
            throw new CgroupException($"systemd does not {what}: {e.Message}", e);
        }
    }
}
