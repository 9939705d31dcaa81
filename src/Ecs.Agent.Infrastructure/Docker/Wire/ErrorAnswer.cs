using System.Text.Json.Serialization;

namespace Ecs.Agent.Infrastructure.Docker.Wire;

/// <summary>The body of every answer from 400 up.</summary>
internal sealed record ErrorAnswer([property: JsonPropertyName("message")] string? Message);
