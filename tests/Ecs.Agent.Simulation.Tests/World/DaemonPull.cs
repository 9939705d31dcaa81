namespace Ecs.Agent.Simulation.Tests.World;

/// <summary>A pull as the daemon carries it out.</summary>
/// <param name="name">The familiar name.</param>
/// <param name="digest">What it is pulled by, or null.</param>
/// <param name="id">The image that it brings.</param>
internal sealed class DaemonPull(string name, string? digest, string id)
{
    public string Name => name;

    public string? Digest => digest;

    public string Id => id;

    /// <summary>What it has written, in MB.</summary>
    public long Downloaded { get; set; }

    /// <summary>Since when the disk is fuller than it should be, as far as this pull knows.</summary>
    public DateTimeOffset? ShortSince { get; set; }

    /// <summary>What it will have written, in MB; 0 while that is not known.</summary>
    public long Total { get; set; }
}
