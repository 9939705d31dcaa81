using System.Text.Json.Serialization;

namespace Ecs.Agent.Infrastructure.Aws.Wire;

/// <summary>ECR GetAuthorizationToken.</summary>
internal sealed class GetAuthorizationTokenRequest
{
    [JsonPropertyName("registryIds")]
    public IReadOnlyList<string>? RegistryIds { get; init; }
}
