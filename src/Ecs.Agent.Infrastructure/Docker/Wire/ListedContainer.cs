using System.Text.Json.Serialization;

namespace Ecs.Agent.Infrastructure.Docker.Wire;

/// <summary>One entry of Docker's list of containers.</summary>
internal sealed record ListedContainer
{
    [JsonPropertyName("Id")]
    public string? Id { get; init; }

    /// <summary>Each with a slash in front.</summary>
    [JsonPropertyName("Names")]
    public IReadOnlyList<string>? Names { get; init; }

    [JsonPropertyName("ImageID")]
    public string? ImageId { get; init; }

    [JsonPropertyName("Labels")]
    public IReadOnlyDictionary<string, string>? Labels { get; init; }
}
