namespace Ecs.Agent.Infrastructure.Tests.Checkpoints.PowerLoss;

/// <summary>What SQLite and the agent ask of a <see cref="MemoryDisk"/> and the disk can fail.</summary>
internal enum DiskOperation
{
    Open,
    Write,
    Truncate,
    Sync,
    Delete,
    Move,
    SyncDirectory,
}
