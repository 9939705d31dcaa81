using System.Net;
using System.Text.RegularExpressions;
using Amazon.Runtime;
using Ecs.Agent.Domain.Secrets;

namespace Ecs.Agent.Infrastructure.Aws;

/// <summary>
/// As much of S3 as environment files need: where a bucket is, and the content of an object. Throws <see cref="AwsCallException"/>.
/// </summary>
internal sealed partial class S3Client(HttpClient http, string userAgent, AwsEndpoints endpoints, TimeProvider time) : IDisposable
{
    private const string EmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /// <summary>The region of the bucket. S3 names it even in a refusal.</summary>
    /// <param name="bucket">Which.</param>
    /// <param name="region">Where to ask.</param>
    /// <param name="credentials">Who asks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<string> FindRegionAsync(
        string bucket, string region, ImmutableCredentials credentials, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Head, UrlOf(bucket, "", region), region, credentials, cancellationToken);
        if (answer.Headers.TryGetValues("x-amz-bucket-region", out var values) && values.FirstOrDefault() is { Length: > 0 } found)
        {
            return found;
        }

        return answer.StatusCode switch
        {
            _ when answer.IsSuccessStatusCode => region,
            HttpStatusCode.NotFound => throw new AwsCallException("NoSuchBucket", $"there is no bucket {bucket}", answer.StatusCode),
            var status => throw new AwsCallException(
                $"Http{(int)status}", $"S3 does not say in which region the bucket {bucket} is", status),
        };
    }

    /// <summary>Writes the object's content into the stream.</summary>
    public async Task DownloadAsync(
        S3ObjectName name, string region, ImmutableCredentials credentials, Stream into, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Get, UrlOf(name.Bucket, name.Key, region), region, credentials, cancellationToken);
        try
        {
            if (!answer.IsSuccessStatusCode)
            {
                throw ErrorOf(answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
            }

            await using var content = await answer.Content.ReadAsStreamAsync(cancellationToken);
            await content.CopyToAsync(into, cancellationToken);
        }
        catch (Exception broken) when (broken is HttpRequestException or HttpIOException)
        {
            throw new AwsCallException(AwsErrors.RequestError, $"S3: {broken.Message}", null, broken);
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, Uri url, string region, ImmutableCredentials credentials, CancellationToken cancellationToken)
    {
        const string contentHash = "x-amz-content-sha256";
        var signed = RequestSigner.Sign(
            new SignableRequest(method.Method, url, [new(contentHash, EmptyHash)], ReadOnlyMemory<byte>.Empty),
            credentials,
            region,
            "s3",
            time.GetUtcNow());
        using var request = new HttpRequestMessage(method, url);
        request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        foreach (var (header, value) in signed.Prepend(new(contentHash, EmptyHash)))
        {
            request.Headers.TryAddWithoutValidation(header, value);
        }

        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException broken)
        {
            throw new AwsCallException(
                AwsErrors.RequestError, $"S3: {url.GetLeftPart(UriPartial.Authority)}: {broken.Message}", null, broken);
        }
    }

    /// <summary>
    /// The bucket is part of the host's name, but not where that would not match the certificate, nor at an endpoint of somebody's own.
    /// The path goes
    /// out as it is written here: a key may hold what would change a path.
    /// </summary>
    private Uri UrlOf(string bucket, string key, string region)
    {
        var endpoint = endpoints.Of(AwsService.S3, region);
        var inHost = endpoints.Configured(AwsService.S3) is null && !bucket.Contains('.', StringComparison.Ordinal);
        var start = inHost ? $"{endpoint.Scheme}://{bucket}.{endpoint.Authority}/" : $"{endpoint}{Uri.EscapeDataString(bucket)}/";
        var path = string.Join('/', key.Split('/').Select(Uri.EscapeDataString));
        return new Uri(start + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
    }

    private static AwsCallException ErrorOf(HttpStatusCode status, string body)
    {
        var code = Code().Match(body) is { Success: true } found ? found.Groups[1].Value : $"Http{(int)status}";
        var text = Message().Match(body) is { Success: true } said
            ? WebUtility.HtmlDecode(said.Groups[1].Value)
            : $"S3 answered HTTP {(int)status}";
        return new AwsCallException(code, text, status);
    }

    [GeneratedRegex("<Code>([^<]+)</Code>")]
    private static partial Regex Code();

    [GeneratedRegex("<Message>([^<]+)</Message>")]
    private static partial Regex Message();
}
