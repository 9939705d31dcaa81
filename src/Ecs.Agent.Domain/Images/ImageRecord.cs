using System.Collections.Immutable;

namespace Ecs.Agent.Domain.Images;

/// <summary>
/// An image that this agent has used for its tasks, which is what makes it the agent's to remove. All names are familiar ones
/// (<see cref="ImageReference.Familiar"/>).
/// </summary>
public sealed record ImageRecord
{
    /// <summary><c>sha256:…</c> of the image's configuration.</summary>
    public required string Id { get; init; }

    /// <summary>The names under which tasks have asked for it and which still mean it; empty once they all mean other images.</summary>
    public ImmutableSortedSet<string> Names { get; init; } = NoNames;

    /// <summary>Those of <see cref="Names"/> that this agent has pulled itself: what the pull behaviour <c>once</c> goes by.</summary>
    public ImmutableSortedSet<string> PulledNames { get; init; } = NoNames;

    /// <summary>Its size on disk, layers shared with other images included.</summary>
    public long SizeBytes { get; init; }

    /// <summary>When the agent first used it; its age counts from here.</summary>
    public DateTimeOffset FirstSeenAt { get; init; }

    /// <summary>When the last container made from it was removed by clean-up; <see cref="FirstSeenAt"/> before that.</summary>
    public DateTimeOffset LastUsedAt { get; init; }

    /// <summary>The names, not the values, of the environment variables that it sets.</summary>
    public ImmutableArray<string> EnvironmentNames { get; init; } = [];

    /// <summary>How it is called in messages: its first name, or its id.</summary>
    public string Title => Names.IsEmpty ? Id : Names[0];

    internal static ImmutableSortedSet<string> NoNames { get; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);
}
