using System.Net.Http.Headers;
using System.Text.Json;
using Amazon.Runtime;

namespace Ecs.Agent.Infrastructure.Aws;

/// <summary>
/// Sends single calls of AWS JSON 1.1 services over <c>POST /</c>, signed. Repeats nothing: that is up to the caller, with one retrier per
/// path.
/// </summary>
/// <remarks>
/// The SDK signs and finds the credentials, but its request pipeline is not used: it brings a retry policy of its own under ours, puts its
/// own User-Agent over the one that ECS knows its agents by, and takes the time from the wall clock, so that neither a back-off nor a
/// signature could be tested.
/// </remarks>
internal sealed class AwsJsonClient(HttpClient http, string userAgent, TimeProvider time) : IDisposable
{
    private const string ContentType = "application/x-amz-json-1.1";

    /// <param name="connectTimeout">For the connection alone.</param>
    public static HttpClient NewHttpClient(TimeSpan connectTimeout) =>
        new(new SocketsHttpHandler
        {
            ConnectTimeout = connectTimeout,
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Sends the call once.</summary>
    /// <exception cref="AwsCallException">It was refused, or there was no answer that could be read.</exception>
    public async Task<TResponse> CallAsync<TRequest, TResponse>(
        AwsJsonTarget target,
        AwsOperation<TRequest, TResponse> operation,
        byte[] body,
        ImmutableCredentials credentials,
        CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(target.RoundTripTimeout, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var request = Compose(target, operation.Name, body, credentials);
            using var response = await http.SendAsync(request, limit.Token);
            var answer = await response.Content.ReadAsByteArrayAsync(limit.Token);
            return response.IsSuccessStatusCode
                ? ReadResponse(operation, answer)
                : throw AwsErrors.Read(response.StatusCode, ErrorType(response), answer);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new AwsCallException(
                AwsErrors.RequestTimeout,
                $"{operation.Name}: no answer from {target.Endpoint} within {target.RoundTripTimeout.TotalSeconds} s",
                null,
                late);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            throw new AwsCallException(AwsErrors.RequestError, $"{operation.Name}: {target.Endpoint}: {broken.Message}", null, broken);
        }
    }

    public void Dispose() => http.Dispose();

    private HttpRequestMessage Compose(AwsJsonTarget target, string operation, byte[] body, ImmutableCredentials credentials)
    {
        var called = target.TargetPrefix + operation;
        var signed = RequestSigner.Sign(
            new SignableRequest("POST", target.Endpoint, [new("Content-Type", ContentType), new("X-Amz-Target", called)], body),
            credentials,
            target.Region,
            target.SigningName,
            time.GetUtcNow());

        var request = new HttpRequestMessage(HttpMethod.Post, target.Endpoint) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(ContentType);
        request.Headers.TryAddWithoutValidation("X-Amz-Target", called);
        request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        foreach (var (name, value) in signed)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private static TResponse ReadResponse<TRequest, TResponse>(AwsOperation<TRequest, TResponse> operation, byte[] answer)
    {
        try
        {
            return JsonSerializer.Deserialize(answer, operation.Response)
                ?? throw new AwsCallException(AwsErrors.SerializationError, $"{operation.Name}: the answer is null", null);
        }
        catch (JsonException)
        {
            // Not even as an inner exception: its words may quote the answer, and answers hold secrets.
            throw new AwsCallException(AwsErrors.SerializationError, $"{operation.Name}: the answer is not the JSON it should be", null);
        }
    }

    private static string? ErrorType(HttpResponseMessage response) =>
        response.Headers.TryGetValues("X-Amzn-ErrorType", out var values) ? values.FirstOrDefault() : null;
}
