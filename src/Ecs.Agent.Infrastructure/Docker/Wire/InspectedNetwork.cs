namespace Ecs.Agent.Infrastructure.Docker.Wire;

/// <summary>A container's <c>NetworkSettings</c>: <c>80/tcp</c> → where it is published, null when it is only exposed.</summary>
internal sealed record InspectedNetwork(Dictionary<string, PortBinding[]?>? Ports);
