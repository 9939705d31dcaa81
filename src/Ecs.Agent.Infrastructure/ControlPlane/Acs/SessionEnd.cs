namespace Ecs.Agent.Infrastructure.ControlPlane.Acs;

/// <summary>How a connection, or the attempt at one, ended.</summary>
internal abstract record SessionEnd
{
    private SessionEnd()
    {
    }

    /// <summary>The control plane sent a close frame.</summary>
    /// <param name="Code">The status code of the frame; 1005 when it had none.</param>
    public sealed record Closed(int Code) : SessionEnd;

    /// <summary>The stream ended without a close frame (1006).</summary>
    public sealed record Dropped : SessionEnd;

    /// <summary>Silence, a reset, no endpoint, a refused handshake.</summary>
    public sealed record Failed(string Problem) : SessionEnd;

    /// <summary>The control plane does not know this container instance any more.</summary>
    public sealed record InactiveInstance : SessionEnd;
}
