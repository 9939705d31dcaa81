namespace Ecs.Agent.Simulation.Tests.Scenarios;

/// <summary>What becomes of the saved state.</summary>
internal enum StateLoss
{
    /// <summary>It is as it was some saves ago: a write-ahead log was dropped.</summary>
    RolledBack,

    /// <summary>One task cannot be read and was put aside.</summary>
    RecordGone,

    /// <summary>The whole directory is gone.</summary>
    AllGone,
}
