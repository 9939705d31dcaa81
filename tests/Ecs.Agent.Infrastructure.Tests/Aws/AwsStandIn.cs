using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Ecs.Agent.Infrastructure.Tests.ControlPlane;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Infrastructure.Tests.Aws;

/// <summary>
/// Stands in for AWS services on loopback. Refuses, as AWS does, every request whose signature does not come from one of its access keys;
/// the
/// signature is worked out here again, without the code that made it.
/// </summary>
internal sealed partial class AwsStandIn : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Dictionary<string, string> _keys;
    private readonly Func<RecordedRequest, (int Status, string Body)> _answer;
    private readonly List<RecordedRequest> _requests = [];

    private AwsStandIn(WebApplication app, Dictionary<string, string> keys, Func<RecordedRequest, (int Status, string Body)> answer)
    {
        _app = app;
        _keys = keys;
        _answer = answer;
    }

    public Uri Endpoint => new(_app.Urls.First());

    /// <summary>What <c>x-amz-bucket-region</c> says in each answer, where it is set.</summary>
    public string? BucketRegion { get; set; }

    public IReadOnlyList<RecordedRequest> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    /// <param name="keys">Access key → secret key.</param>
    /// <param name="answer">Answers what is rightly signed; a status of 0 cuts the connection.</param>
    public static async Task<AwsStandIn> StartAsync(
        Dictionary<string, string> keys, Func<RecordedRequest, (int Status, string Body)> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var standIn = new AwsStandIn(app, keys, answer);
        app.Run(standIn.ServeAsync);
        await app.StartAsync();
        return standIn;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    /// <summary>The credential scope of a request: <c>date/region/service/aws4_request</c> without the date.</summary>
    public static string ScopeOf(RecordedRequest request) =>
        string.Join('/', Authorization().Match(request.Headers["Authorization"]).Groups["scope"].Value.Split('/').Skip(1).Take(2));

    private async Task ServeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var request = new RecordedRequest(
            context.Request.Method,
            context.Features.Get<IHttpRequestFeature>()!.RawTarget,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            Encoding.UTF8.GetString(body.ToArray()));
        lock (_requests)
        {
            _requests.Add(request);
        }

        var (status, text) = IsSigned(request)
            ? _answer(request)
            : (403, """{"__type":"InvalidSignatureException","message":"The request signature we calculated does not match"}""");
        if (status == 0)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = status;
        if (BucketRegion is not null)
        {
            context.Response.Headers["x-amz-bucket-region"] = BucketRegion;
        }

        if (context.Request.Method != "HEAD")
        {
            await context.Response.WriteAsync(text);
        }
    }

    private bool IsSigned(RecordedRequest request)
    {
        var said = Authorization().Match(request.Headers.GetValueOrDefault("Authorization", ""));
        if (!said.Success || !_keys.TryGetValue(said.Groups["key"].Value, out var secret))
        {
            return false;
        }

        var scope = said.Groups["scope"].Value;
        var names = said.Groups["names"].Value;
        var target = request.Target.Split('?', 2);
        var canonical = $"{request.Method}\n{target[0]}\n{(target.Length > 1 ? target[1] : "")}\n"
            + string.Concat(names.Split(';').Select(name => $"{name}:{request.Headers[name].Trim()}\n"))
            + $"\n{names}\n{Hash(request.Body)}";
        var text = $"AWS4-HMAC-SHA256\n{request.Headers["X-Amz-Date"]}\n{scope}\n{Hash(canonical)}";
        var key = scope.Split('/').Aggregate(
            Encoding.UTF8.GetBytes("AWS4" + secret), (k, part) => HMACSHA256.HashData(k, Encoding.UTF8.GetBytes(part)));
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text))) == said.Groups["signature"].Value
            && request.Headers.GetValueOrDefault("x-amz-content-sha256", Hash(request.Body)) == Hash(request.Body);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    [GeneratedRegex(
        "^AWS4-HMAC-SHA256 Credential=(?<key>[^/]+)/(?<scope>[^,]+), ?SignedHeaders=(?<names>[^,]+), ?Signature=(?<signature>[0-9a-f]{64})$")]
    private static partial Regex Authorization();
}
