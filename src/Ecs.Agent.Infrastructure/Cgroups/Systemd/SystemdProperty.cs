namespace Ecs.Agent.Infrastructure.Cgroups.Systemd;

/// <summary>One setting of a unit.</summary>
/// <param name="Name">As the D-Bus interface spells it.</param>
/// <param name="Value">A text, a switch or a number without sign.</param>
internal sealed record SystemdProperty(string Name, object Value);
