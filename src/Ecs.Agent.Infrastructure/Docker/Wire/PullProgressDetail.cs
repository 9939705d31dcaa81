using System.Text.Json.Serialization;

namespace Ecs.Agent.Infrastructure.Docker.Wire;

/// <summary>How far one layer has come, in bytes.</summary>
internal sealed record PullProgressDetail(
    [property: JsonPropertyName("current")] long Current,
    [property: JsonPropertyName("total")] long Total);
