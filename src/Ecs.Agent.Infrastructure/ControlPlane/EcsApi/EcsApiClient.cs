using System.Net.Http.Headers;
using System.Text.Json;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Infrastructure.Aws;
using Polly;

namespace Ecs.Agent.Infrastructure.ControlPlane.EcsApi;

/// <summary>
/// Calls the ECS API: AWS JSON 1.1 over <c>POST /</c>, signed. Throws <see cref="EcsApiException"/>.
/// </summary>
/// <remarks>
/// The SDK signs and finds the credentials, but its request pipeline is not used: it brings a retry policy of its own under ours, puts its
/// own User-Agent over the one that ECS knows its agents by, and takes the time from the wall clock, so that neither a back-off nor a
/// signature could be tested.
/// </remarks>
internal sealed class EcsApiClient : IDisposable
{
    private const string TargetPrefix = "AmazonEC2ContainerServiceV20141113.";
    private const string ContentType = "application/x-amz-json-1.1";
    private const string Service = "ecs";

    /// <summary>Of one round trip with its body: dialling, the TLS handshake, and two seconds more.</summary>
    internal static readonly TimeSpan RoundTripTimeout = TimeSpan.FromSeconds(42);

    private readonly HttpClient _http;
    private readonly AgentOptions _options;
    private readonly InstanceCredentials _credentials;
    private readonly TimeProvider _time;
    private readonly Uri _endpoint;
    private readonly string _userAgent;

    public EcsApiClient(HttpClient http, AgentOptions options, AgentBuild build, InstanceCredentials credentials, TimeProvider time)
    {
        _http = http;
        _options = options;
        _credentials = credentials;
        _time = time;
        _endpoint = EcsApiEndpoint.Of(options);
        _userAgent = build.UserAgent(options.DetailedOsFamily);
    }

    public static HttpClient NewHttpClient() =>
        new(new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(30),
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Sends the call, again and again as the pipeline says, always with the same body.</summary>
    public async Task<TResponse> CallAsync<TRequest, TResponse>(
        EcsOperation<TRequest, TResponse> operation, TRequest request, ResiliencePipeline pipeline, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(request, operation.Request);
        return await pipeline.ExecuteAsync(async token => await CallOnceAsync(operation, body, token), cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private async Task<TResponse> CallOnceAsync<TRequest, TResponse>(
        EcsOperation<TRequest, TResponse> operation, byte[] body, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(RoundTripTimeout, _time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var request = await ComposeAsync(operation.Name, body, limit.Token);
            using var response = await _http.SendAsync(request, limit.Token);
            var answer = await response.Content.ReadAsByteArrayAsync(limit.Token);
            return response.IsSuccessStatusCode
                ? ReadResponse(operation, answer)
                : throw EcsErrors.Read(response.StatusCode, ErrorType(response), answer);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EcsApiException(
                EcsErrors.RequestTimeout,
                $"{operation.Name}: no answer from {_endpoint} within {RoundTripTimeout.TotalSeconds} s",
                null,
                late);
        }
        catch (HttpRequestException broken)
        {
            throw new EcsApiException(EcsErrors.RequestError, $"{operation.Name}: {_endpoint}: {broken.Message}", null, broken);
        }
        catch (IOException broken)
        {
            throw new EcsApiException(EcsErrors.RequestError, $"{operation.Name}: {_endpoint}: {broken.Message}", null, broken);
        }
    }

    private async Task<HttpRequestMessage> ComposeAsync(string operation, byte[] body, CancellationToken cancellationToken)
    {
        var credentials = await _credentials.GetAsync(cancellationToken)
            ?? throw new EcsApiException(EcsErrors.NoCredentials, "no AWS credentials found to sign with", null);
        var target = TargetPrefix + operation;
        var signed = RequestSigner.Sign(
            new SignableRequest("POST", _endpoint, [new("Content-Type", ContentType), new("X-Amz-Target", target)], body),
            credentials,
            _options.Region,
            Service,
            _time.GetUtcNow());

        var request = new HttpRequestMessage(HttpMethod.Post, _endpoint) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(ContentType);
        request.Headers.TryAddWithoutValidation("X-Amz-Target", target);
        request.Headers.TryAddWithoutValidation("User-Agent", _userAgent);
        foreach (var (name, value) in signed)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private static TResponse ReadResponse<TRequest, TResponse>(EcsOperation<TRequest, TResponse> operation, byte[] answer)
    {
        try
        {
            return JsonSerializer.Deserialize(answer, operation.Response)
                ?? throw new EcsApiException(EcsErrors.SerializationError, $"{operation.Name}: the answer is null", null);
        }
        catch (JsonException malformed)
        {
            throw new EcsApiException(
                EcsErrors.SerializationError, $"{operation.Name}: the answer is not the JSON it should be", null, malformed);
        }
    }

    private static string? ErrorType(HttpResponseMessage response) =>
        response.Headers.TryGetValues("X-Amzn-ErrorType", out var values) ? values.FirstOrDefault() : null;
}
