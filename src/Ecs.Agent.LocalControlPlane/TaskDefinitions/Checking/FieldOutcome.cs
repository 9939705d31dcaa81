namespace Ecs.Agent.LocalControlPlane.TaskDefinitions.Checking;

/// <summary>What becomes of one member of a definition on one target. The worst comes last.</summary>
public enum FieldOutcome
{
    /// <summary>It is the control plane's or another service's; no agent acts upon it.</summary>
    NoEffect,

    /// <summary>It takes effect as it is written.</summary>
    Honoured,

    /// <summary>It takes effect where the machine is set up for it.</summary>
    Needs,

    /// <summary>Something else is done instead.</summary>
    Differs,

    /// <summary>Because of it, no task of the definition runs there.</summary>
    Refused,
}
