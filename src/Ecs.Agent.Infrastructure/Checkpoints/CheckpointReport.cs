using System.Collections.Immutable;
using Ecs.Agent.Application.Registration;

namespace Ecs.Agent.Infrastructure.Checkpoints;

/// <summary>What a look into a data directory found, without changing anything in it.</summary>
public sealed record CheckpointReport
{
    public required string Directory { get; init; }

    /// <summary>What keeps the state from being looked at, or null.</summary>
    public string? Problem { get; init; }

    /// <summary>What is wrong with the database, or null. An agent starts all the same.</summary>
    public string? Damage { get; init; }

    /// <summary>The agent that holds the directory, or null when none does.</summary>
    public int? ProcessId { get; init; }

    /// <summary>Null when there is no state yet.</summary>
    public int? SchemaVersion { get; init; }

    /// <summary>The version that this agent writes.</summary>
    public int CurrentSchemaVersion { get; init; }

    public int Tasks { get; init; }

    public long DatabaseBytes { get; init; }

    /// <summary>On the disk of the directory.</summary>
    public long FreeBytes { get; init; }

    public SavedIdentity? Identity { get; init; }

    /// <summary>Records that could not be used: when that was found, which it was, and why.</summary>
    public ImmutableArray<(string FoundAt, string Record, string Reason)> Quarantined { get; init; } = [];

    /// <summary>Databases that were replaced, by file name.</summary>
    public ImmutableArray<string> PutAside { get; init; } = [];
}
