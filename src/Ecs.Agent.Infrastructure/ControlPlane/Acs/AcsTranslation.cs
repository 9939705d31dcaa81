using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Infrastructure.ControlPlane.Acs;

/// <summary>What one entry of a payload came to: a task or what was wrong with it.</summary>
internal sealed record AcsTranslation
{
    public TaskDefinition? Task { get; private init; }

    /// <summary>Everything that was wrong, each with the member it was found in; null when nothing was.</summary>
    public string? Problem { get; private init; }

    /// <summary>What keeps a task that was understood from being prepared: the first thing found; null when it can be.</summary>
    public string? Unpreparable { get; private init; }

    public static AcsTranslation Of(TaskDefinition task, string? unpreparable) => new() { Task = task, Unpreparable = unpreparable };

    public static AcsTranslation Failed(IReadOnlyList<string> problems) => new() { Problem = string.Join("; ", problems) };
}
