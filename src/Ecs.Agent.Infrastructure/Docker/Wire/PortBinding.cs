namespace Ecs.Agent.Infrastructure.Docker.Wire;

/// <summary>One address that a container's port is published on.</summary>
internal sealed record PortBinding(string? HostIp, string? HostPort);
