using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Infrastructure.Docker;

namespace Ecs.Agent.Infrastructure.Tests.Docker;

/// <summary>A daemon behind TLS that answers one question, and the files that Docker's client would have.</summary>
public sealed class DockerTlsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ecs-agent-tls-").FullName;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _authority = NewAuthority();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public DockerTlsTests() => _listener.Start();

    public void Dispose()
    {
        _listener.Dispose();
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Connect_BothSidesOfTheAuthority_SpeaksToTheDaemon()
    {
        WriteFiles(_authority);
        using var docker = new DockerHttp(DockerEndpoint.From(Options()));
        var served = ServeOnceAsync();

        var answer = await docker.NegotiateAsync(Cancellation);

        Assert.Equal("20.10.24", answer.Version);
        Assert.Equal("CN=agent", await served);
    }

    [Fact]
    public async Task Connect_DaemonOfAnotherAuthority_IsRefusedBeforeAnythingIsSaid()
    {
        using var another = NewAuthority();
        WriteFiles(another);
        using var docker = new DockerHttp(DockerEndpoint.From(Options()));
        var served = ServeOnceAsync();

        var failure = await Assert.ThrowsAsync<DockerException>(() => docker.NegotiateAsync(Cancellation));

        Assert.Equal(RuntimeFailureKind.Unreachable, failure.Kind);
        Assert.Contains("does not prove who it is", failure.Message, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<Exception>(() => served);
    }

    [Fact]
    public void From_FileMissing_NamesItAndTheSetting()
    {
        var problem = Assert.Throws<ArgumentException>(() => DockerEndpoint.From(Options())).Message;

        Assert.StartsWith($"DOCKER_TLS_VERIFY is set, but {_folder}/ca.pem", problem, StringComparison.Ordinal);
    }

    private AgentOptions Options() => new()
    {
        Region = "us-west-2",
        DockerHost = new Uri($"tcp://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}"),
        DockerTlsVerify = true,
        DockerCertificateDirectory = _folder,
    };

    private void WriteFiles(X509Certificate2 authority)
    {
        using var own = Issue(_authority, "agent");
        File.WriteAllText(Path.Combine(_folder, "ca.pem"), authority.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder, "cert.pem"), own.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder, "key.pem"), own.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>Answers one request with a version; gives whom it has spoken to.</summary>
    private async Task<string> ServeOnceAsync()
    {
        using var client = await _listener.AcceptTcpClientAsync(Cancellation);
        await using var stream = new SslStream(client.GetStream());
        using var certificate = Issue(_authority, "daemon");
        await stream.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificate = certificate,
                ClientCertificateRequired = true,
                RemoteCertificateValidationCallback = (_, presented, _, _) => presented is not null,
            },
            Cancellation);
        var subject = stream.RemoteCertificate!.Subject;
        _ = await stream.ReadAsync(new byte[4096], Cancellation);
        const string body = """{"Version":"20.10.24","ApiVersion":"1.41","MinAPIVersion":"1.12"}""";
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"),
            Cancellation);
        return subject;
    }

    private static X509Certificate2 NewAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    private static X509Certificate2 Issue(X509Certificate2 authority, string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(authority, authority.NotBefore, authority.NotAfter, Encoding.ASCII.GetBytes(name));
        using var withKey = issued.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }
}
