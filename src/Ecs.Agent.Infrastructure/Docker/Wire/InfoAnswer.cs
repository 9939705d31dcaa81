namespace Ecs.Agent.Infrastructure.Docker.Wire;

/// <summary><c>GET /info</c>.</summary>
internal sealed record InfoAnswer(string? CgroupDriver, string? KernelVersion);
