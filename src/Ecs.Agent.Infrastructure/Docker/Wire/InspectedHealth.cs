namespace Ecs.Agent.Infrastructure.Docker.Wire;

/// <summary>A container's <c>State.Health</c>.</summary>
internal sealed record InspectedHealth(string? Status);
