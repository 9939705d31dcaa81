using Ecs.Agent.Domain.Containers;

namespace Ecs.Agent.Application.Runtime;

/// <summary>
/// The container runtime refused or failed. Adapters translate whatever went wrong into this once; nobody above looks at anything else.
/// The text is what ECS shows and holds no secret.
/// </summary>
public sealed class RuntimeException : Exception
{
    public RuntimeException(ContainerError error, RuntimeFailureKind kind, Exception? innerException = null)
        : base((error ?? throw new ArgumentNullException(nameof(error))).Reason, innerException)
    {
        Error = error;
        Kind = kind;
    }

    public ContainerError Error { get; }

    public RuntimeFailureKind Kind { get; }
}
