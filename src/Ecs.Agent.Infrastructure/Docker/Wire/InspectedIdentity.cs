namespace Ecs.Agent.Infrastructure.Docker.Wire;

/// <summary><c>GET /containers/{id}/json</c>, the part that says whose container it is.</summary>
internal sealed record InspectedIdentity(string? Id, InspectedConfig? Config);
