using System.Collections.Immutable;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Domain.Explaining;

/// <summary>
/// Why a task is as it is: what it waits for and, once it stops, what made it. Data only; <see cref="ExplanationText"/> says it in words.
/// Holds neither environment values nor credentials.
/// </summary>
public sealed record TaskExplanation
{
    public required string Arn { get; init; }

    public required string Family { get; init; }

    /// <summary>The revision of the task definition.</summary>
    public required string Revision { get; init; }

    public required EcsTaskStatus Desired { get; init; }

    public required EcsTaskStatus Known { get; init; }

    public required DateTimeOffset KnownSince { get; init; }

    /// <summary>What the control plane has accepted.</summary>
    public required EcsTaskStatus Sent { get; init; }

    /// <summary>The moment that all of this is true of.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What the task as a whole waits for.</summary>
    public ImmutableArray<Wait> Waits { get; init; } = [];

    /// <summary>In the order of the definition.</summary>
    public ImmutableArray<ContainerExplanation> Containers { get; init; } = [];

    /// <summary>What made it stop, and what followed; null while it should run.</summary>
    public StopStory? Stop { get; init; }

    /// <summary>The container of that name, or null.</summary>
    public ContainerExplanation? Find(string container) => Containers.FirstOrDefault(c => c.Name == container);
}
