using Ecs.Agent.Domain.Containers;

namespace Ecs.Agent.Infrastructure.Networking;

/// <summary>Finds out whether anybody listens on a port of this machine.</summary>
internal interface IPortProbe
{
    bool IsFree(int port, TransportProtocol protocol);
}
