namespace Ecs.Agent.Application.Checkpoints;

/// <summary>What is in the way of saving the state.</summary>
public enum CheckpointFailureKind
{
    /// <summary>The disk is full, or a quota is used up.</summary>
    DiskFull,

    /// <summary>The directory or the file may not be written.</summary>
    ReadOnly,

    /// <summary>Somebody else holds the file: another agent, or a shell with an open transaction.</summary>
    Locked,

    /// <summary>The file is not what it was.</summary>
    Damaged,

    /// <summary>Anything else that the disk or the file system answers.</summary>
    Failed,
}
