namespace Ecs.Agent.Application.ControlPlane;

/// <summary>What may be done about a refusal of the control plane.</summary>
public enum ControlPlaneFailureKind
{
    /// <summary>It may work later: throttling, 5xx, no connection.</summary>
    Temporary,

    /// <summary>The control plane will never take this report (<c>InvalidParameterException</c>); asking again is pointless.</summary>
    Refused,

    /// <summary>Registration cannot succeed as configured: the process must not be restarted (exit code 5).</summary>
    Terminal,
}
