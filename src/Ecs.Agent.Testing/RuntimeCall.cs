using Ecs.Agent.Domain.Registries;

namespace Ecs.Agent.Testing;

/// <summary>One call of a <see cref="FakeContainerRuntime"/>.</summary>
/// <param name="Operation">What was asked for.</param>
/// <param name="Subject">The image reference, or the container's or volume's name in Docker; empty where there is none.</param>
/// <param name="Container">The container's name in its task; null where the call is not about a container.</param>
/// <param name="At">When.</param>
public sealed record RuntimeCall(RuntimeOperation Operation, string Subject, string? Container, DateTimeOffset At)
{
    /// <summary>The grace period of a stop.</summary>
    public TimeSpan? GracePeriod { get; init; }

    /// <summary>The digest by which a pull was asked for.</summary>
    public string? Digest { get; init; }

    /// <summary>The login that a look-up or pull was asked for with; null for the machine's own.</summary>
    public RegistryLogin? Login { get; init; }
}
