using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ecs.Agent.Infrastructure.Docker.Wire;

namespace Ecs.Agent.Infrastructure.Docker;

/// <summary>
/// The connections to Docker, the API version negotiated over them, and the requests on the way of each container, which have to be
/// cheap and, for a creation, sent as composed. Everything else speaks over the same connections through <see cref="DockerApi"/>.
/// Failures are <see cref="DockerException"/>s. Knows no endpoint of the API but <c>/version</c>.
/// </summary>
internal sealed class DockerHttp : IDisposable
{
    private static readonly UriCreationOptions Verbatim = new() { DangerousDisablePathAndQueryCanonicalization = true };
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly DockerEndpoint _endpoint;
    private readonly HttpMessageInvoker _http;
    private volatile Version? _version;

    public DockerHttp(DockerEndpoint endpoint)
    {
        _endpoint = endpoint;
        Connections = new SocketsHttpHandler
        {
            ConnectCallback = (_, cancellationToken) => endpoint.ConnectAsync(cancellationToken),
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
        };
        _http = new HttpMessageInvoker(Connections);
    }

    /// <summary>The connection pool. This object owns it.</summary>
    public HttpMessageHandler Connections { get; }

    /// <summary>The scheme and host that requests over <see cref="Connections"/> carry.</summary>
    public string Authority => _endpoint.Authority;

    /// <summary>A path segment or query value that is data, made safe to stand in a request.</summary>
    public static string Escape(string value) => Uri.EscapeDataString(value);

    /// <summary>Asks the daemon for its versions, and from now on speaks the best one that both know.</summary>
    public async Task<VersionAnswer> NegotiateAsync(CancellationToken cancellationToken)
    {
        using var response = await SendUnversionedAsync(HttpMethod.Get, "/version", content: null, cancellationToken);
        var answer = await ReadAsync(response, DockerJson.Default.VersionAnswer, cancellationToken);
        _version = DockerApiVersion.Negotiate(answer);
        return answer;
    }

    /// <summary>The version that requests carry.</summary>
    public async ValueTask<Version> VersionAsync(CancellationToken cancellationToken)
    {
        if (_version is { } known)
        {
            return known;
        }

        return DockerApiVersion.Negotiate(await NegotiateAsync(cancellationToken));
    }

    /// <summary>
    /// Sends one request; <paramref name="path"/> begins with a slash and is complete but for the version. The answer is open and its
    /// body unread. Throws for every status from 400 up.
    /// </summary>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        var version = await VersionAsync(cancellationToken);
        return await SendUnversionedAsync(method, $"/v{version.Major}.{version.Minor}{path}", content, cancellationToken);
    }

    /// <summary>Sends a request whose answer says everything by its status.</summary>
    public async Task SendAndForgetAsync(HttpMethod method, string path, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(method, path, content: null, cancellationToken);
    }

    public async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, path, content: null, cancellationToken);
        return await ReadAsync(response, type, cancellationToken);
    }

    /// <summary>As <see cref="GetAsync{T}(string, JsonTypeInfo{T}, CancellationToken)"/>, with what the registry behind the daemon is told.</summary>
    public async Task<T> GetAsync<T>(string path, string? registryAuth, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var version = await VersionAsync(cancellationToken);
        using var response = await SendUnversionedAsync(
            HttpMethod.Get, $"/v{version.Major}.{version.Minor}{path}", content: null, cancellationToken, registryAuth);
        return await ReadAsync(response, type, cancellationToken);
    }

    public async Task<T> PostAsync<T>(string path, ReadOnlyMemory<byte> json, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var content = new ReadOnlyMemoryContent(json);
        content.Headers.ContentType = Json;
        using var response = await SendAsync(HttpMethod.Post, path, content, cancellationToken);
        return await ReadAsync(response, type, cancellationToken);
    }

    /// <summary>The objects of a stream as they arrive; ends when the daemon ends it.</summary>
    public async IAsyncEnumerable<T> ReadStreamAsync<T>(
        HttpResponseMessage response,
        JsonTypeInfo<T> type,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        var values = JsonSerializer
            .DeserializeAsyncEnumerable(response.Content.ReadAsStream(cancellationToken), type, topLevelValues: true, cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        await using (values)
        {
            while (await AdvanceAsync(values, cancellationToken))
            {
                if (values.Current is { } value)
                {
                    yield return value;
                }
            }
        }
    }

    /// <summary>What a failed call means to its caller, and to this connection.</summary>
    public Exception Translate(Exception e, CancellationToken cancellationToken) =>
        Noted(DockerFailures.Translate(e, _endpoint, cancellationToken));

    public void Dispose() => _http.Dispose();

    private async Task<bool> AdvanceAsync<T>(IAsyncEnumerator<T> values, CancellationToken cancellationToken)
    {
        try
        {
            return await values.MoveNextAsync();
        }
        catch (Exception e) when (DockerFailures.Covers(e))
        {
            throw Translate(e, cancellationToken);
        }
    }

    private async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            var body = response.Content.ReadAsStream(cancellationToken);
            return await JsonSerializer.DeserializeAsync(body, type, cancellationToken) ?? throw new JsonException("null");
        }
        catch (Exception e) when (DockerFailures.Covers(e))
        {
            throw Translate(e, cancellationToken);
        }
    }

    private async Task<HttpResponseMessage> SendUnversionedAsync(
        HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken, string? registryAuth = null)
    {
        HttpResponseMessage response;
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(_endpoint.Authority + path, in Verbatim)) { Content = content };
            if (registryAuth is not null)
            {
                request.Headers.Add("X-Registry-Auth", registryAuth);
            }

            response = await _http.SendAsync(request, cancellationToken);
        }
        catch (Exception e) when (DockerFailures.Covers(e))
        {
            throw Translate(e, cancellationToken);
        }

        if ((int)response.StatusCode < 400)
        {
            return response;
        }

        using (response)
        {
            throw await RefusalAsync(response, cancellationToken);
        }
    }

    private async Task<DockerException> RefusalAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        string? body;
        try
        {
            body = await response.Content.ReadAsStringAsync(cancellationToken);
        }
        catch (Exception e) when (DockerFailures.Covers(e) && !cancellationToken.IsCancellationRequested)
        {
            body = null;
        }

        return Noted(DockerFailures.Refused(response.StatusCode, body));
    }

    // The daemon was replaced by one that speaks other versions: agree anew before the next request.
    private TFailure Noted<TFailure>(TFailure failure)
        where TFailure : Exception
    {
        if (failure is DockerException { Status: HttpStatusCode.BadRequest }
            && failure.Message.Contains("client version", StringComparison.Ordinal))
        {
            _version = null;
        }

        return failure;
    }
}
