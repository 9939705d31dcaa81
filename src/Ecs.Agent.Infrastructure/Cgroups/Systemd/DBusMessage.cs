namespace Ecs.Agent.Infrastructure.Cgroups.Systemd;

/// <summary>A method call.</summary>
/// <param name="Destination">Whose method.</param>
/// <param name="Path">Of which object.</param>
/// <param name="Interface">The interface that has it.</param>
/// <param name="Member">Its name.</param>
/// <param name="Signature">The types of the arguments.</param>
/// <param name="Body">The arguments.</param>
internal sealed record DBusMessage(string Destination, string Path, string Interface, string Member, string Signature, byte[] Body);
