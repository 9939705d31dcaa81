using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ecs.Agent.Infrastructure.Docker;

/// <summary>
/// TLS to a daemon, as Docker's own client does it: the daemon must show a certificate of the given authority for the name it is reached under,
/// and is shown ours.
/// </summary>
internal sealed class DockerTls
{
    private readonly X509Certificate2Collection _authorities;
    private readonly X509Certificate2 _own;
    private readonly string _host;

    private DockerTls(string host, X509Certificate2Collection authorities, X509Certificate2 own)
    {
        _host = host;
        _authorities = authorities;
        _own = own;
    }

    /// <summary>Reads <c>ca.pem</c>, <c>cert.pem</c> and <c>key.pem</c>.</summary>
    /// <exception cref="ArgumentException">One of them is missing or no PEM; names the file.</exception>
    public static DockerTls From(string directory, string host)
    {
        var authorities = new X509Certificate2Collection();
        Read(Path.Combine(directory, "ca.pem"), authorities.ImportFromPemFile);
        X509Certificate2? own = null;
        Read(
            Path.Combine(directory, "cert.pem"),
            path => own = X509Certificate2.CreateFromPemFile(path, Path.Combine(directory, "key.pem")));
        return new DockerTls(host, authorities, own!);
    }

    /// <summary>The encrypted stream over <paramref name="plain"/>. Throws <see cref="System.Security.Authentication.AuthenticationException"/>.</summary>
    public async ValueTask<Stream> SecureAsync(Stream plain, CancellationToken cancellationToken)
    {
        var secured = new SslStream(plain);
        try
        {
            await secured.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = _host,
                    ClientCertificates = [_own],
                    CertificateChainPolicy = Policy(),
                },
                cancellationToken);
            return secured;
        }
        catch
        {
            await secured.DisposeAsync();
            throw;
        }
    }

    private X509ChainPolicy Policy()
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(_authorities);
        return policy;
    }

    private static void Read(string path, Action<string> read)
    {
        try
        {
            read(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ArgumentException($"DOCKER_TLS_VERIFY is set, but {path} (with key.pem beside it) cannot be used: {e.Message}", e);
        }
    }
}
