namespace Ecs.Agent.Infrastructure.Docker.Wire;

/// <summary><c>GET /containers/{id}/json</c>, the part that says how the container is.</summary>
internal sealed record InspectedContainer
{
    public string? Id { get; init; }

    public DateTimeOffset? Created { get; init; }

    public InspectedState? State { get; init; }

    public InspectedNetwork? NetworkSettings { get; init; }
}
