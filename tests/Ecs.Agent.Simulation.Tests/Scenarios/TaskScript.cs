using System.Collections.Immutable;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Simulation.Tests.Scenarios;

/// <summary>A task, when the control plane wants it to start and to stop, and what its containers do.</summary>
internal sealed record TaskScript
{
    public required TaskDefinition Definition { get; init; }

    /// <summary>In the order of the definition.</summary>
    public required ImmutableArray<ContainerScript> Containers { get; init; }

    public TimeSpan ArrivesAt { get; init; }

    /// <summary>Null leaves it to the end of the scenario.</summary>
    public TimeSpan? StopAt { get; init; }
}
