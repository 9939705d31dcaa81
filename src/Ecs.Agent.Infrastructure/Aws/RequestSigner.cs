using System.Globalization;
using System.Text;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Auth;

namespace Ecs.Agent.Infrastructure.Aws;

/// <summary>
/// Signature Version 4. The key derivation and the signature come from the SDK; only the canonical request is put together here, because
/// the SDK composes it from its own request type, which knows no websocket upgrade and no injected clock.
/// </summary>
internal static class RequestSigner
{
    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>
    /// The headers to add to a request: <c>X-Amz-Date</c>, <c>X-Amz-Security-Token</c> with session credentials, <c>Authorization</c>.
    /// </summary>
    /// <param name="request">What is signed; the host and the date are added to its headers.</param>
    /// <param name="credentials">Whose signature it is.</param>
    /// <param name="region">The region of the credential scope.</param>
    /// <param name="service">The service of the credential scope.</param>
    /// <param name="now">The time of signing; the service accepts a few minutes' difference.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Sign(
        SignableRequest request, ImmutableCredentials credentials, string region, string service, DateTimeOffset now)
    {
        var time = now.UtcDateTime;
        var added = new List<KeyValuePair<string, string>> { new("X-Amz-Date", time.ToString(TimeFormat, CultureInfo.InvariantCulture)) };
        if (credentials.UseToken)
        {
            added.Add(new("X-Amz-Security-Token", credentials.Token));
        }

        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["host"] = Host(request.Uri) };
        foreach (var (name, value) in request.Headers.Concat(added))
        {
            headers[name.ToLowerInvariant()] = value.Trim();
        }

        var signedHeaders = string.Join(';', headers.Keys);
        var canonical = CanonicalRequest(request, headers, signedHeaders);
        var signature = AWS4Signer.ComputeSignature(credentials, region, time, service, signedHeaders, canonical);
        added.Add(new("Authorization", signature.ForAuthorizationHeader));
        return added;
    }

    internal static string CanonicalRequest(SignableRequest request, SortedDictionary<string, string> headers, string signedHeaders)
    {
        var text = new StringBuilder()
            .Append(request.Method).Append('\n')
            .Append(request.Uri.AbsolutePath).Append('\n')
            .Append(CanonicalQuery(request.Uri.Query)).Append('\n');
        foreach (var (name, value) in headers)
        {
            text.Append(name).Append(':').Append(value).Append('\n');
        }

        return text.Append('\n').Append(signedHeaders).Append('\n')
            .Append(Convert.ToHexStringLower(AWS4Signer.ComputeHash(request.Body.ToArray()))).ToString();
    }

    /// <summary>
    /// Parameters sorted by name and value, each percent-encoded; a blank is <c>%20</c> although <c>+</c> goes over the wire.
    /// </summary>
    internal static string CanonicalQuery(string query) =>
        string.Join('&', query.TrimStart('?')
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Select(pair => (Name: Recode(pair[0]), Value: pair.Length > 1 ? Recode(pair[1]) : ""))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal)
            .Select(pair => $"{pair.Name}={pair.Value}"));

    private static string Recode(string text) => Uri.EscapeDataString(Uri.UnescapeDataString(text.Replace('+', ' ')));

    /// <summary>As it goes into the <c>Host</c> header: the port only where it is not the scheme's own.</summary>
    private static string Host(Uri uri) => uri.IsDefaultPort ? uri.Host : uri.Authority;
}
