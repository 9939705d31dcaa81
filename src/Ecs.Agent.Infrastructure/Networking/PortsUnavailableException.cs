namespace Ecs.Agent.Infrastructure.Networking;

/// <summary>No host ports can be given, in the words that ECS shows.</summary>
internal sealed class PortsUnavailableException(string message) : Exception(message);
