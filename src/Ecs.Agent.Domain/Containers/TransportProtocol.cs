namespace Ecs.Agent.Domain.Containers;

/// <summary>The transport of a published port.</summary>
public enum TransportProtocol
{
    Tcp,
    Udp,
}
