using System.Text.Json.Serialization;

namespace Ecs.Agent.Protocol.EcsApi;

/// <summary>The body of a refused ECS API call, sent with HTTP 4xx (the caller's fault) or 5xx (the service's).</summary>
public sealed record EcsApiError
{
    /// <summary>The modelled error, such as <c>InvalidParameterException</c>.</summary>
    [JsonPropertyName("__type")]
    public string? Type { get; init; }

    /// <summary>What was wrong, for the caller to read.</summary>
    public string? Message { get; init; }
}
