namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Checking;

/// <summary>What a finding means for a task on a target. The worst comes last.</summary>
public enum FindingKind
{
    /// <summary>The machine must be set up for it.</summary>
    Needs,

    /// <summary>It runs, but this is done otherwise there than the definition says.</summary>
    Differs,

    /// <summary>Because of this, no task of the definition runs there.</summary>
    Refused,
}
