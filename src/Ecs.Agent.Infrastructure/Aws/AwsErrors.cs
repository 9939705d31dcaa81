using System.Net;
using System.Text.Json;

namespace Ecs.Agent.Infrastructure.Aws;

/// <summary>The error codes of AWS services and what each of them calls for.</summary>
internal static class AwsErrors
{
    /// <summary>No connection, or none that lasted.</summary>
    public const string RequestError = "RequestError";

    /// <summary>No answer within the limit of one round trip.</summary>
    public const string RequestTimeout = "RequestTimeout";

    /// <summary>An answer with HTTP 200 that is not the JSON it should be.</summary>
    public const string SerializationError = "SerializationError";

    /// <summary>There is nothing to sign with.</summary>
    public const string NoCredentials = "NoCredentialProviders";

    private static readonly HashSet<string> Retryable = new(StringComparer.OrdinalIgnoreCase)
    {
        RequestError, RequestTimeout, "RequestTimeoutException",
        "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottledException", "TooManyRequestsException",
        "ProvisionedThroughputExceededException", "TransactionInProgressException", "RequestLimitExceeded", "BandwidthLimitExceeded",
        "LimitExceededException", "RequestThrottled", "SlowDown", "PriorRequestNotComplete", "EC2ThrottledException",
    };

    private static readonly HashSet<string> Transient = new(StringComparer.OrdinalIgnoreCase)
    {
        "ThrottlingException", "ServerException", "LimitExceededException",
    };

    /// <summary>Whether the same call may be sent again at once, or nearly so.</summary>
    public static bool IsRetryable(AwsCallException error) =>
        error.Status is HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable
            or HttpStatusCode.GatewayTimeout
        || Retryable.Contains(error.Code);

    /// <summary>Whether registration keeps trying for up to an hour.</summary>
    public static bool IsTransient(AwsCallException error) => Transient.Contains(error.Code);

    public static bool Is(AwsCallException error, string code) => string.Equals(error.Code, code, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Reads a refusal: the code from the header <c>X-Amzn-ErrorType</c>, else from <c>__type</c>, else from <c>code</c>, without what
    /// stands up to <c>#</c> and after <c>:</c>.
    /// </summary>
    public static AwsCallException Read(HttpStatusCode status, string? errorTypeHeader, ReadOnlyMemory<byte> body)
    {
        var (code, message) = ReadBody(body);
        var name = Strip(errorTypeHeader) ?? Strip(code) ?? $"Http{(int)status}";
        return new AwsCallException(name, message ?? $"the service answered HTTP {(int)status}", status);
    }

    private static (string? Code, string? Message) ReadBody(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var error = document.RootElement;
            return error.ValueKind == JsonValueKind.Object
                ? (Member(error, "__type") ?? Member(error, "code"), Member(error, "message") ?? Member(error, "Message"))
                : default;
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static string? Member(JsonElement error, string name) =>
        error.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;

    private static string? Strip(string? code)
    {
        if (string.IsNullOrEmpty(code))
        {
            return null;
        }

        var name = code[(code.LastIndexOf('#') + 1)..];
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? name : name[..colon];
    }
}
