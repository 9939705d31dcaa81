namespace Ecs.Agent.Host.Diagnosis;

/// <summary>How bad a <see cref="Finding"/> is.</summary>
internal enum FindingSeverity
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>The agent works; somebody should know.</summary>
    Warning,

    /// <summary>The agent cannot work like this.</summary>
    Failure,
}
