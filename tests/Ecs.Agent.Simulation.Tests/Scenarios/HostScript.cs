namespace Ecs.Agent.Simulation.Tests.Scenarios;

/// <summary>What the machine has from the start, and how the agent is told to keep it clean.</summary>
internal sealed record HostScript
{
    /// <summary>Names that are never removed, whoever brought them.</summary>
    public static IReadOnlyList<string> Excluded { get; } = ["old/2:1", "foreign/2:1"];

    /// <summary>Time between clean-ups of images; null switches them off.</summary>
    public TimeSpan? CleanUpEvery { get; init; }

    public int ImagesPerCycle { get; init; } = 5;

    /// <summary>Whether images and containers of others are cleaned up, too.</summary>
    public bool Untracked { get; init; }

    /// <summary>Images that tasks of an earlier life have used.</summary>
    public int OldImages { get; init; }

    /// <summary>Images of others; the first two have a container each, one that has ended and one that runs.</summary>
    public int ForeignImages { get; init; }

    /// <summary>What is free of the disk at the start, in MB.</summary>
    public long FreeAtStart { get; init; } = 100_000;

    /// <summary>What is to stay free, in MB; null does not care.</summary>
    public long? MinFree { get; init; }

    /// <summary>How many containers of stopped tasks are kept; null keeps all until their time.</summary>
    public int? MostStopped { get; init; }

    /// <summary>From a task's end to its clean-up.</summary>
    public TimeSpan CleanUpWait { get; init; } = TimeSpan.FromMinutes(1);
}
