using System.Net;
using System.Net.Sockets;
using Ecs.Agent.Domain.Containers;

namespace Ecs.Agent.Infrastructure.Networking;

/// <summary>Tries the port for real: listens on it on all addresses for a moment.</summary>
internal sealed class SocketPortProbe : IPortProbe
{
    public bool IsFree(int port, TransportProtocol protocol)
    {
        try
        {
            using var socket = protocol is TransportProtocol.Udp
                ? Open(SocketType.Dgram, ProtocolType.Udp)
                : Open(SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(socket.AddressFamily is AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, port));
            if (protocol is TransportProtocol.Tcp)
            {
                socket.Listen(1);
            }

            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static Socket Open(SocketType type, ProtocolType protocol) => Socket.OSSupportsIPv6
        ? new Socket(AddressFamily.InterNetworkV6, type, protocol) { DualMode = true }
        : new Socket(AddressFamily.InterNetwork, type, protocol);
}
