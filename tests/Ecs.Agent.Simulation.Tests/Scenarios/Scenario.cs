using System.Collections.Immutable;
using Ecs.Agent.Application.Configuration;

namespace Ecs.Agent.Simulation.Tests.Scenarios;

/// <summary>Everything that a run depends on. The same scenario always plays the same.</summary>
internal sealed record Scenario
{
    public required ImmutableArray<TaskScript> Tasks { get; init; }

    public ImmutableArray<Disturbance> Disturbances { get; init; } = [];

    public int ConcurrentLaunches { get; init; } = 2;

    public ImagePullBehavior PullBehavior { get; init; }

    public bool PullUpfront { get; init; }

    public int ConcurrentPulls { get; init; } = 2;

    public HostScript Host { get; init; } = new();

    /// <summary>Decides how long each call takes and in which order what happens at the same time happens.</summary>
    public Chance Chance { get; init; }
}
