namespace Ecs.Agent.Infrastructure.Docker.Wire;

/// <summary><c>GET /distribution/{name}/json</c>.</summary>
internal sealed record DistributionAnswer(DistributionDescriptor? Descriptor);
