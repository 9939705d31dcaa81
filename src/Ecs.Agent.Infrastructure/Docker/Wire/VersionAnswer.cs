namespace Ecs.Agent.Infrastructure.Docker.Wire;

/// <summary><c>GET /version</c>.</summary>
internal sealed record VersionAnswer(string? Version, string? ApiVersion, string? MinAPIVersion, string? Arch = null);
