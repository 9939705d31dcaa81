using System.Net;
using System.Net.Sockets;
using Ecs.Agent.Application.Configuration;

namespace Ecs.Agent.Infrastructure.Docker;

/// <summary>Where the Docker daemon listens: a Unix socket (<c>unix:///path</c>) or plain TCP (<c>tcp://host[:port]</c>).</summary>
internal sealed class DockerEndpoint
{
    private const int PlainPort = 2375;

    private readonly EndPoint _address;

    private DockerEndpoint(string name, string authority, EndPoint address)
    {
        Name = name;
        Authority = authority;
        _address = address;
    }

    /// <summary>As the user wrote it, for messages.</summary>
    public string Name { get; }

    /// <summary>What requests carry as scheme and host: <c>http://docker</c> on a socket, the real host on TCP.</summary>
    public string Authority { get; }

    /// <summary>Reads <c>DOCKER_HOST</c>.</summary>
    /// <exception cref="ArgumentException">The scheme is unknown, the socket's path is missing, or TLS is asked for.</exception>
    public static DockerEndpoint From(AgentOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var host = options.DockerHost;
        return host.Scheme switch
        {
            "unix" => OnSocket(host),
            "tcp" or "http" when options.DockerTlsVerify => throw new ArgumentException(
                $"DOCKER_HOST {host.OriginalString}: DOCKER_TLS_VERIFY asks for TLS, but the daemon is reached over a Unix socket or plain TCP only."),
            "tcp" or "http" => OnTcp(host),
            _ => throw new ArgumentException($"DOCKER_HOST {host.OriginalString}: the scheme must be unix or tcp."),
        };
    }

    public async ValueTask<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = _address is UnixDomainSocketEndPoint
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(_address, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static DockerEndpoint OnSocket(Uri host)
    {
        var path = Uri.UnescapeDataString(host.AbsolutePath);
        return path is "" or "/" || host.Host.Length > 0
            ? throw new ArgumentException($"DOCKER_HOST {host.OriginalString}: the socket's absolute path must follow unix://.")
            : new DockerEndpoint(host.OriginalString, "http://docker", new UnixDomainSocketEndPoint(path));
    }

    private static DockerEndpoint OnTcp(Uri host)
    {
        if (host.Host.Length == 0)
        {
            throw new ArgumentException($"DOCKER_HOST {host.OriginalString}: the daemon's host name must follow tcp://.");
        }

        var port = host.Port > 0 ? host.Port : PlainPort;
        return new DockerEndpoint(host.OriginalString, $"http://{host.Host}:{port}", new DnsEndPoint(host.DnsSafeHost, port));
    }
}
