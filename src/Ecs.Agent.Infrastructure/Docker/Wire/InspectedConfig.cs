namespace Ecs.Agent.Infrastructure.Docker.Wire;

/// <summary>The <c>Config</c> of a container.</summary>
internal sealed record InspectedConfig(Dictionary<string, string>? Labels);
