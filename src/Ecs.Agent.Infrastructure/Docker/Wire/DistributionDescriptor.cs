using System.Text.Json.Serialization;

namespace Ecs.Agent.Infrastructure.Docker.Wire;

/// <summary>What a registry's manifest is, spelt as the image specification does.</summary>
internal sealed record DistributionDescriptor
{
    [JsonPropertyName("mediaType")]
    public string? MediaType { get; init; }

    [JsonPropertyName("digest")]
    public string? Digest { get; init; }
}
