using System.Collections.Immutable;
using Ecs.Agent.Domain.Images;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Infrastructure.Checkpoints;

/// <summary>What a database held.</summary>
/// <param name="Tasks">The tasks that could be read, in the order of their admission.</param>
/// <param name="Images">The images that could be read.</param>
/// <param name="Settings">The settings that could be read.</param>
/// <param name="Quarantined">What could not be.</param>
internal sealed record CheckpointContents(
    ImmutableArray<EcsTask> Tasks,
    ImmutableArray<ImageRecord> Images,
    ImmutableDictionary<string, string> Settings,
    ImmutableArray<QuarantinedRecord> Quarantined)
{
    public static CheckpointContents Empty { get; } = new([], [], ImmutableDictionary<string, string>.Empty, []);
}
