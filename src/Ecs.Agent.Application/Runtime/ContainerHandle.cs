using Ecs.Agent.Domain.Containers;

namespace Ecs.Agent.Application.Runtime;

/// <summary>Which container is meant, and what of its definition an observation needs.</summary>
/// <param name="RuntimeId">Docker's id or, while that is unknown, the container's name in Docker.</param>
/// <param name="Definition">Says whether health is watched and which port ranges to merge.</param>
public sealed record ContainerHandle(string RuntimeId, ContainerDefinition Definition);
