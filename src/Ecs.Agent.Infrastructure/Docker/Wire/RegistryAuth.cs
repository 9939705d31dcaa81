using System.Text.Json.Serialization;

namespace Ecs.Agent.Infrastructure.Docker.Wire;

/// <summary>Docker's auth object. Secret: it goes into one header and nowhere else.</summary>
internal sealed record RegistryAuth
{
    [JsonPropertyName("username")]
    public string? Username { get; init; }

    [JsonPropertyName("password")]
    public string? Password { get; init; }

    [JsonPropertyName("auth")]
    public string? Auth { get; init; }

    [JsonPropertyName("email")]
    public string? Email { get; init; }

    [JsonPropertyName("serveraddress")]
    public string? ServerAddress { get; init; }

    [JsonPropertyName("identitytoken")]
    public string? IdentityToken { get; init; }

    [JsonPropertyName("registrytoken")]
    public string? RegistryToken { get; init; }

    public override string ToString() => "[redacted]";
}
