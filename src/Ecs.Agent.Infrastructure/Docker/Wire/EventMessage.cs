using System.Text.Json.Serialization;

namespace Ecs.Agent.Infrastructure.Docker.Wire;

/// <summary>One line of <c>GET /events</c>.</summary>
internal sealed record EventMessage(string? Action, EventActor? Actor, [property: JsonPropertyName("timeNano")] long TimeNano = 0);
