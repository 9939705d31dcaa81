using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Ecs.Agent.Infrastructure.Tests.Docker.Registries;

/// <summary>
/// A real registry of its own on a free port of the loopback address, where Docker needs no TLS. Images are put into it over its own API,
/// so the engine has none of them before it pulls.
/// </summary>
internal sealed class LocalRegistry : IAsyncDisposable
{
    public const string Username = "puller", Password = "s3cret-of-the-test";

    /// <summary>bcrypt of <see cref="Password"/>.</summary>
    private const string PasswordHash = "$2y$05$abcdefghijklmnopqrstuujsWknM8pfBPdRxoOJt8hu.sWw2vTXTq";

    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(20);

    private readonly string _folder = Directory.CreateTempSubdirectory("ecs-agent-registry-").FullName;
    private readonly HttpClient _http;
    private readonly bool _guarded;
    private readonly bool _tls;
    private Process? _process;

    private LocalRegistry(bool guarded, bool tls)
    {
        _guarded = guarded;
        _tls = tls;

        // Its certificate is its own, and nobody vouches for it.
        _http = new HttpClient(new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true });
        if (guarded)
        {
            _http.DefaultRequestHeaders.Authorization =
                new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Username}:{Password}")));
        }
    }

    /// <summary><c>127.0.0.1:port</c>, the host part of its images' names.</summary>
    public string Host { get; private set; } = "";

    public static Task<LocalRegistry> StartAsync(CancellationToken cancellationToken) => StartAsync(guarded: false, cancellationToken);

    /// <param name="guarded">Whether it lets in nobody but <see cref="Username"/> with <see cref="Password"/>.</param>
    /// <param name="cancellationToken">Ends the wait for its start.</param>
    public static Task<LocalRegistry> StartAsync(bool guarded, CancellationToken cancellationToken) =>
        StartAsync(guarded, tls: false, cancellationToken);

    /// <param name="guarded">As above.</param>
    /// <param name="tls">Whether it speaks nothing but TLS.</param>
    /// <param name="cancellationToken">Ends the wait for its start.</param>
    public static async Task<LocalRegistry> StartAsync(bool guarded, bool tls, CancellationToken cancellationToken)
    {
        var registry = new LocalRegistry(guarded, tls);
        try
        {
            await registry.ServeAsync(cancellationToken);
            return registry;
        }
        catch
        {
            await registry.DisposeAsync();
            throw;
        }
    }

    private string Url => (_tls ? "https://" : "http://") + Host;

    /// <summary>Puts an image of one small file in; gives its whole name.</summary>
    public async Task<string> AddAsync(string repository, string tag, string content, CancellationToken cancellationToken)
    {
        var tar = Tar(content);
        var layer = Zip(tar);
        var architecture = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "amd64";
        var config = Encoding.UTF8.GetBytes(
            "{\"architecture\":\"" + architecture + "\",\"os\":\"linux\",\"config\":{\"Env\":[\"FROM=registry\"],\"Cmd\":[\"/x\"]},"
            + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"" + DigestOf(tar) + "\"]}}");
        await UploadAsync(repository, layer, cancellationToken);
        await UploadAsync(repository, config, cancellationToken);
        var manifest = "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.docker.distribution.manifest.v2+json\","
            + $"\"config\":{Descriptor("application/vnd.docker.container.image.v1+json", config)},"
            + $"\"layers\":[{Descriptor("application/vnd.docker.image.rootfs.diff.tar.gzip", layer)}]}}";
        using var body = new StringContent(manifest);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/vnd.docker.distribution.manifest.v2+json");
        using var put = await _http.PutAsync(new Uri($"{Url}/v2/{repository}/manifests/{tag}"), body, cancellationToken);
        put.EnsureSuccessStatusCode();
        return $"{Host}/{repository}:{tag}";
    }

    /// <summary>Ends it at once; from now on nobody listens.</summary>
    public async Task KillAsync()
    {
        if (_process is { HasExited: false } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process?.Dispose();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task ServeAsync(CancellationToken cancellationToken)
    {
        Host = $"127.0.0.1:{FreePort()}";
        var configuration = Path.Combine(_folder, "config.yml");
        await File.WriteAllTextAsync(
            configuration,
            $"version: 0.1\nlog: {{level: error, accesslog: {{disabled: true}}}}\nstorage: {{filesystem: {{rootdirectory: {_folder}/data}}}}\n"
            + $"http: {{addr: '{Host}'{(_tls ? $", tls: {{certificate: {_folder}/cert.pem, key: {_folder}/key.pem}}" : "")}}}\n"
            + (_guarded ? $"auth: {{htpasswd: {{realm: test, path: {_folder}/users}}}}\n" : ""),
            cancellationToken);
        await MakeCertificateAsync(cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_folder, "users"), $"{Username}:{PasswordHash}\n", cancellationToken);
        var start = new ProcessStartInfo(Program(), ["serve", configuration]) { RedirectStandardOutput = true, RedirectStandardError = true };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(StartsWithin);
        while (!await AnswersAsync(patience.Token))
        {
            Assert.False(_process.HasExited, "The registry does not start.");
            await Task.Delay(20, patience.Token);
        }
    }

    private async Task MakeCertificateAsync(CancellationToken cancellationToken)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await File.WriteAllTextAsync(Path.Combine(_folder, "cert.pem"), certificate.ExportCertificatePem(), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_folder, "key.pem"), key.ExportPkcs8PrivateKeyPem(), cancellationToken);
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri($"{Url}/v2/"), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task UploadAsync(string repository, byte[] blob, CancellationToken cancellationToken)
    {
        using var begun = await _http.PostAsync(new Uri($"{Url}/v2/{repository}/blobs/uploads/"), content: null, cancellationToken);
        begun.EnsureSuccessStatusCode();
        using var content = new ByteArrayContent(blob);
        using var put = await _http.PutAsync(
            new Uri($"{begun.Headers.Location}&digest={Uri.EscapeDataString(DigestOf(blob))}"), content, cancellationToken);
        put.EnsureSuccessStatusCode();
    }

    private static string Program()
    {
        var program = Environment.GetEnvironmentVariable("ECS_AGENT_TEST_REGISTRY") is { Length: > 0 } named
            ? named
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, "docker-registry")).FirstOrDefault(File.Exists);
        Assert.True(
            program is not null && File.Exists(program),
            "These tests need the program docker-registry (the Debian package of that name). Install it or name it in ECS_AGENT_TEST_REGISTRY.");
        return program!;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Descriptor(string mediaType, byte[] blob) =>
        "{\"mediaType\":\"" + mediaType + "\",\"size\":" + blob.Length + ",\"digest\":\"" + DigestOf(blob) + "\"}";

    private static string DigestOf(byte[] bytes) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static byte[] Tar(string content)
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, TarEntryFormat.Ustar, leaveOpen: true))
        {
            using var file = new MemoryStream(Encoding.UTF8.GetBytes(content));
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, "content") { DataStream = file });
        }

        return bytes.ToArray();
    }

    private static byte[] Zip(byte[] tar)
    {
        using var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write(tar);
        }

        return bytes.ToArray();
    }
}
