namespace Ecs.Agent.Domain.Explaining;

/// <summary>What tasks share of a machine.</summary>
public enum HostResourceKind
{
    Cpu,
    Memory,
    TcpPort,
    UdpPort,
}
