namespace Ecs.Agent.Application.ControlPlane;

/// <summary>The control plane refused or could not be reached.</summary>
public sealed class ControlPlaneException : Exception
{
    public ControlPlaneException(string code, string message, ControlPlaneFailureKind kind, Exception? innerException = null)
        : base($"{code}: {message}", innerException)
    {
        Code = code;
        Kind = kind;
    }

    /// <summary>The modelled error, such as <c>InvalidParameterException</c>, or the transport's own name for what happened.</summary>
    public string Code { get; }

    public ControlPlaneFailureKind Kind { get; }
}
