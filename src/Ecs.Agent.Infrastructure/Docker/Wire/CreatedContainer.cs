namespace Ecs.Agent.Infrastructure.Docker.Wire;

/// <summary><c>POST /containers/create</c>.</summary>
internal sealed record CreatedContainer(string? Id);
