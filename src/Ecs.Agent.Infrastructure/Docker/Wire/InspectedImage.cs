namespace Ecs.Agent.Infrastructure.Docker.Wire;

/// <summary><c>GET /images/{name}/json</c>.</summary>
internal sealed record InspectedImage(string? Id, string[]? RepoDigests, InspectedImageConfig? Config, long Size);
