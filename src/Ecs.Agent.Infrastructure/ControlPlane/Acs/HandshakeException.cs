namespace Ecs.Agent.Infrastructure.ControlPlane.Acs;

/// <summary>A websocket could not be opened.</summary>
internal sealed class HandshakeException : Exception
{
    private const string Inactive = "InactiveInstanceException";

    public HandshakeException(string problem, Exception? innerException = null)
        : base(problem, innerException)
    {
    }

    /// <summary>Whether the control plane says that this container instance was deregistered.</summary>
    public bool IsInactiveInstance => Message.Contains(Inactive, StringComparison.Ordinal);
}
