namespace Ecs.Agent.Infrastructure.Docker.Wire;

/// <summary>Whom an event is about. Its attributes (every label of the container) are not read.</summary>
internal sealed record EventActor(string? ID);
