using System.Net;
using System.Net.Sockets;
using Ecs.Agent.Application.Configuration;

namespace Ecs.Agent.Infrastructure.Docker;

/// <summary>Where the Docker daemon listens: a Unix socket (<c>unix:///path</c>) or TCP (<c>tcp://host[:port]</c>), plain or with TLS.</summary>
internal sealed class DockerEndpoint
{
    private const int PlainPort = 2375, TlsPort = 2376;

    private readonly EndPoint _address;
    private readonly DockerTls? _tls;

    private DockerEndpoint(string name, string authority, EndPoint address, DockerTls? tls = null)
    {
        _tls = tls;
        Name = name;
        Authority = authority;
        _address = address;
    }

    /// <summary>As the user wrote it, for messages.</summary>
    public string Name { get; }

    /// <summary>What requests carry as scheme and host: <c>http://docker</c> on a socket, the real host on TCP.</summary>
    public string Authority { get; }

    /// <summary>Reads <c>DOCKER_HOST</c>.</summary>
    /// <exception cref="ArgumentException">The scheme is unknown, the socket's path is missing, or a file for TLS cannot be used.</exception>
    public static DockerEndpoint From(AgentOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var host = options.DockerHost;
        return host.Scheme switch
        {
            "unix" => OnSocket(host),
            "tcp" or "http" or "https" when options.DockerTlsVerify => OnTcp(
                host, TlsPort, DockerTls.From(options.DockerCertificateDirectory, host.DnsSafeHost)),
            "tcp" or "http" => OnTcp(host, PlainPort, tls: null),
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
            var stream = new NetworkStream(socket, ownsSocket: true);
            return _tls is null ? stream : await _tls.SecureAsync(stream, cancellationToken);
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

    /// <remarks>Requests say http with TLS, too: the connection is encrypted before they see it.</remarks>
    private static DockerEndpoint OnTcp(Uri host, int defaultPort, DockerTls? tls)
    {
        if (host.Host.Length == 0)
        {
            throw new ArgumentException($"DOCKER_HOST {host.OriginalString}: the daemon's host name must follow tcp://.");
        }

        var port = host.Port > 0 && !host.IsDefaultPort ? host.Port : defaultPort;
        return new DockerEndpoint(host.OriginalString, $"http://{host.Host}:{port}", new DnsEndPoint(host.DnsSafeHost, port), tls);
    }
}
