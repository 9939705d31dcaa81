using System.Collections.Immutable;
using Ecs.Agent.Domain.Images;

namespace Ecs.Agent.Infrastructure.Checkpoints.Records;

/// <summary>An image that this agent has used, as it is stored.</summary>
internal sealed class ImageStateRecord
{
    public string Id { get; set; } = "";

    public List<string> Names { get; set; } = [];

    public List<string> PulledNames { get; set; } = [];

    public long SizeBytes { get; set; }

    public DateTimeOffset FirstSeenAt { get; set; }

    public DateTimeOffset LastUsedAt { get; set; }

    public List<string> EnvironmentNames { get; set; } = [];

    public static ImageStateRecord Of(ImageRecord image) => new()
    {
        Id = image.Id,
        Names = [.. image.Names],
        PulledNames = [.. image.PulledNames],
        SizeBytes = image.SizeBytes,
        FirstSeenAt = image.FirstSeenAt,
        LastUsedAt = image.LastUsedAt,
        EnvironmentNames = [.. image.EnvironmentNames],
    };

    public ImageRecord ToImage() => new()
    {
        Id = Id,
        Names = Names.ToImmutableSortedSet(StringComparer.Ordinal),
        PulledNames = PulledNames.ToImmutableSortedSet(StringComparer.Ordinal),
        SizeBytes = SizeBytes,
        FirstSeenAt = FirstSeenAt,
        LastUsedAt = LastUsedAt,
        EnvironmentNames = [.. EnvironmentNames],
    };
}
