namespace Ecs.Agent.Infrastructure.Docker.Wire;

/// <summary>One entry of <c>GET /plugins</c>.</summary>
internal sealed record ListedPlugin(string? Name, bool Enabled);
