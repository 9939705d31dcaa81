using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Testing;

/// <summary>One change of a task.</summary>
/// <param name="Before">Null when the task had just been admitted.</param>
/// <param name="After">The task since then.</param>
public sealed record TaskChange(EcsTask? Before, EcsTask After);
