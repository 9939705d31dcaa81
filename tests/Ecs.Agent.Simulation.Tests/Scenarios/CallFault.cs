namespace Ecs.Agent.Simulation.Tests.Scenarios;

/// <summary>How a call goes wrong.</summary>
internal enum CallFault
{
    /// <summary>It takes half a minute.</summary>
    Slow,

    /// <summary>The daemon says no.</summary>
    Refused,

    /// <summary>The connection is reset before anything has happened.</summary>
    ResetBefore,

    /// <summary>It happens, but the connection is reset before the answer.</summary>
    ResetAfter,

    /// <summary>Nothing happens and no answer comes in time.</summary>
    HangsBefore,

    /// <summary>It happens, but no answer comes in time.</summary>
    HangsAfter,

    /// <summary>It happens, and the daemon goes away before the answer.</summary>
    UnreachableAfter,
}
