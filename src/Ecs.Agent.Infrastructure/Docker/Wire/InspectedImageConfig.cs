namespace Ecs.Agent.Infrastructure.Docker.Wire;

/// <summary>The <c>Config</c> of an image.</summary>
internal sealed record InspectedImageConfig(string[]? Env);
