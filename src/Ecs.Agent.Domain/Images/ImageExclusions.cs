using System.Collections.Immutable;

namespace Ecs.Agent.Domain.Images;

/// <summary>The images that no clean-up ever removes.</summary>
public sealed record ImageExclusions
{
    private readonly ImmutableHashSet<string> _names;

    private ImageExclusions(ImmutableHashSet<string> names)
    {
        _names = names;
    }

    /// <summary>The pause containers' image, ours and the official agent's, and the containerised agent's.</summary>
    public static ImageExclusions BuiltIn { get; } = new(
        [PauseImage.Name, "amazon/amazon-ecs-pause:0.1.0", "amazon/amazon-ecs-agent:latest"]);

    /// <summary>These as well, each <c>name:tag</c>. Nothing is trimmed: an entry with a blank in it matches nothing.</summary>
    public ImageExclusions And(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return new ImageExclusions(_names.Union(names.Select(ImageReference.FamiliarName)));
    }

    /// <summary>Whether one of the familiar names is excluded, and so the image that has it.</summary>
    public bool Cover(IEnumerable<string> names) => _names.Overlaps(names);
}
