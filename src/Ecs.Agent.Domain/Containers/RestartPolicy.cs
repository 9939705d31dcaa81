using System.Collections.Immutable;

namespace Ecs.Agent.Domain.Containers;

/// <summary>
/// Lets the agent start an ended container again instead of reporting it STOPPED.
/// </summary>
public sealed record RestartPolicy
{
    public bool Enabled { get; init; }

    /// <summary>A container that ends with one of these is not started again.</summary>
    public ImmutableArray<int> IgnoredExitCodes { get; init; } = [];

    /// <summary>A container that ran for less than this is not started again.</summary>
    public TimeSpan AttemptPeriod { get; init; }
}
