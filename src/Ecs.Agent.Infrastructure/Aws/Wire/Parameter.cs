using System.Text.Json.Serialization;

namespace Ecs.Agent.Infrastructure.Aws.Wire;

/// <summary>A parameter with its value. A class, so that it never prints.</summary>
internal sealed class Parameter
{
    public string? Name { get; init; }

    [JsonPropertyName("ARN")]
    public string? Arn { get; init; }

    /// <summary><c>:version</c> or <c>:label</c>, where it was asked for.</summary>
    public string? Selector { get; init; }

    public string? Value { get; init; }
}
