using System.Text.Json.Serialization;

namespace Ecs.Agent.Infrastructure.Aws.Wire;

/// <summary>A token of ECR. A class, so that it never prints.</summary>
internal sealed class AuthorizationData
{
    /// <summary>Base64 of <c>user:password</c>.</summary>
    [JsonPropertyName("authorizationToken")]
    public string? AuthorizationToken { get; init; }

    /// <summary>Seconds since 1970.</summary>
    [JsonPropertyName("expiresAt")]
    public double? ExpiresAt { get; init; }

    /// <summary>The registry's URL.</summary>
    [JsonPropertyName("proxyEndpoint")]
    public string? ProxyEndpoint { get; init; }
}
