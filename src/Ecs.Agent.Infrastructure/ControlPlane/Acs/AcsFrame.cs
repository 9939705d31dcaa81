namespace Ecs.Agent.Infrastructure.ControlPlane.Acs;

/// <summary>What one frame from the control plane was.</summary>
internal abstract record AcsFrame
{
    private AcsFrame()
    {
    }

    /// <summary>A message of a known type.</summary>
    public sealed record Message(string Type, object Body) : AcsFrame;

    /// <summary>One of the control plane's errors.</summary>
    public sealed record Error(string Type, string Text) : AcsFrame;

    /// <summary>Nothing that can be handled; it is logged and ignored.</summary>
    public sealed record Unusable(string Problem) : AcsFrame;

    /// <summary>Whether it proves that a control plane which speaks this protocol is there.</summary>
    public bool IsRecognised => this is not Unusable;
}
