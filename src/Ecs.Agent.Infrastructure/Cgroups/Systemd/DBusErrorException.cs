namespace Ecs.Agent.Infrastructure.Cgroups.Systemd;

/// <summary>A call over D-Bus was answered with an error.</summary>
/// <param name="name">The error's name, such as <c>org.freedesktop.DBus.Error.AccessDenied</c>.</param>
/// <param name="message">What it says.</param>
internal sealed class DBusErrorException(string name, string message) : Exception($"{message} ({name})")
{
    public string Name { get; } = name;
}
