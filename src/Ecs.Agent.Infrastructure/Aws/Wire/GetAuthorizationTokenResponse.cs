using System.Text.Json.Serialization;

namespace Ecs.Agent.Infrastructure.Aws.Wire;

/// <summary>The answer to GetAuthorizationToken. A class, so that it never prints.</summary>
internal sealed class GetAuthorizationTokenResponse
{
    [JsonPropertyName("authorizationData")]
    public IReadOnlyList<AuthorizationData>? AuthorizationData { get; init; }
}
