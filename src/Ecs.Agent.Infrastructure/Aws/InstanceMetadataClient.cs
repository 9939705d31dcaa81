using System.Net;
using System.Text.Json;
using Ecs.Agent.Application.Identity;
using Ecs.Agent.Infrastructure.ControlPlane;
using Polly;
using Polly.Retry;

namespace Ecs.Agent.Infrastructure.Aws;

/// <summary>
/// Asks the instance metadata service with a session token (IMDSv2). The SDK's own client is static, synchronous and cannot be cancelled,
/// hence this small one. <c>AWS_EC2_METADATA_SERVICE_ENDPOINT</c> moves the service, <c>AWS_EC2_METADATA_DISABLED</c> switches it off.
/// </summary>
internal sealed class InstanceMetadataClient : IInstanceMetadata, IDisposable
{
    private const string TokenHeader = "X-aws-ec2-metadata-token";
    private const string TokenLifetimeSeconds = "21600";
    private const string IdentityDocumentPath = "latest/dynamic/instance-identity/document";
    private const string IdentitySignaturePath = "latest/dynamic/instance-identity/signature";
    private const string InstanceIdPath = "latest/meta-data/instance-id";

    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan IdentityBudget = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http;
    private readonly Uri _endpoint;
    private readonly bool _disabled;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline _presence;
    private readonly ResiliencePipeline _identity;
    private string? _token;
    private string? _instanceId;

    public InstanceMetadataClient(
        HttpClient http, IReadOnlyDictionary<string, string> environment, TimeProvider time, IIdentifiers identifiers)
    {
        _http = http;
        _time = time;
        _endpoint = environment.TryGetValue("AWS_EC2_METADATA_SERVICE_ENDPOINT", out var text)
            && Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var endpoint)
                ? endpoint
                : new Uri("http://169.254.169.254/");
        _disabled = environment.TryGetValue("AWS_EC2_METADATA_DISABLED", out var disabled)
            && disabled.Equals("true", StringComparison.OrdinalIgnoreCase);
        _presence = Pipeline(time, identifiers, maxRetries: 2);
        _identity = Pipeline(time, identifiers, maxRetries: int.MaxValue);
    }

    /// <summary>The service is on this machine's own link: no proxy leads there, and nothing there is worth waiting long for.</summary>
    public static HttpClient NewHttpClient() =>
        new(new SocketsHttpHandler { UseProxy = false, ConnectTimeout = AttemptTimeout }) { Timeout = Timeout.InfiniteTimeSpan };

    public async Task<string> GetRegionAsync(CancellationToken cancellationToken)
    {
        var document = await GetRequiredAsync(IdentityDocumentPath, cancellationToken);
        try
        {
            using var parsed = JsonDocument.Parse(document);
            if (parsed.RootElement.TryGetProperty("region", out var region) && region.GetString() is { Length: > 0 } name)
            {
                return name;
            }
        }
        catch (JsonException)
        {
        }

        throw new InstanceMetadataUnavailableException(_endpoint, "its identity document names no region");
    }

    public async Task<string> GetInstanceIdAsync(CancellationToken cancellationToken) =>
        _instanceId ??= await GetRequiredAsync(InstanceIdPath, cancellationToken);

    public async Task<InstanceIdentity> GetIdentityAsync(CancellationToken cancellationToken)
    {
        var document = await GetWithinBudgetAsync(IdentityDocumentPath, cancellationToken);
        var signature = await GetWithinBudgetAsync(IdentitySignaturePath, cancellationToken);
        return new InstanceIdentity(document, signature);
    }

    public void Dispose() => _http.Dispose();

    private async Task<string> GetRequiredAsync(string path, CancellationToken cancellationToken)
    {
        if (_disabled)
        {
            throw new InstanceMetadataUnavailableException(_endpoint, "AWS_EC2_METADATA_DISABLED is set");
        }

        try
        {
            return await _presence.ExecuteAsync(async token => await GetOnceAsync(path, token), cancellationToken);
        }
        catch (Exception failure) when (IsFailure(failure, cancellationToken))
        {
            throw new InstanceMetadataUnavailableException(_endpoint, Describe(failure), failure);
        }
    }

    private async Task<string> GetWithinBudgetAsync(string path, CancellationToken cancellationToken)
    {
        if (_disabled)
        {
            return "";
        }

        using var budget = new CancellationTokenSource(IdentityBudget, _time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, budget.Token);
        try
        {
            return await _identity.ExecuteAsync(async token => await GetOnceAsync(path, token), limit.Token);
        }
        catch (Exception failure) when (IsFailure(failure, cancellationToken))
        {
            // Registration goes ahead with what could be read; the control plane judges it.
            return "";
        }
    }

    private async Task<string> GetOnceAsync(string path, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(AttemptTimeout, _time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        _token ??= await FetchTokenAsync(limit.Token);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_endpoint, path));
        request.Headers.Add(TokenHeader, _token);
        using var response = await _http.SendAsync(request, limit.Token);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            _token = null;
        }

        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync(limit.Token);
    }

    private async Task<string> FetchTokenAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(_endpoint, "latest/api/token"));
        request.Headers.Add("X-aws-ec2-metadata-token-ttl-seconds", TokenLifetimeSeconds);
        using var response = await _http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }

    private static bool IsFailure(Exception failure, CancellationToken cancellationToken) =>
        failure is HttpRequestException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private static string Describe(Exception failure) => failure switch
    {
        HttpRequestException { StatusCode: { } status } => $"HTTP {(int)status}",
        HttpRequestException => "no connection",
        _ => "no answer",
    };

    /// <summary>100 ms, doubled up to 5 s, each extended by up to a fifth. A 404 is an answer and final.</summary>
    private static ResiliencePipeline Pipeline(TimeProvider time, IIdentifiers identifiers, int maxRetries) =>
        new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = maxRetries,
                ShouldHandle = args => ValueTask.FromResult(
                    args.Outcome.Exception is { } failure
                    && IsFailure(failure, args.Context.CancellationToken)
                    && failure is not HttpRequestException { StatusCode: HttpStatusCode.NotFound }),
                DelayGenerator = args => ValueTask.FromResult<TimeSpan?>(
                    Backoff.Delay(
                        TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5), 2, 0.2, args.AttemptNumber, identifiers.NextFraction())),
            })
            .Build();
}
