using Ecs.Agent.Domain.Containers;

namespace Ecs.Agent.Application.Runtime;

/// <summary>A hint from the runtime. It only says where to look; what is true comes from an inspection.</summary>
public abstract record RuntimeEvent
{
    private RuntimeEvent()
    {
    }

    /// <summary>Events may have been missed: look at every container.</summary>
    public sealed record Resync : RuntimeEvent;

    /// <summary>The container ended, was stopped, or was removed: look at it.</summary>
    public sealed record Ended(string RuntimeId) : RuntimeEvent;

    /// <summary>The container's health check changed its mind. Carries the news, so that dependants need not wait for a look.</summary>
    public sealed record HealthChanged(string RuntimeId, HealthStatus Health) : RuntimeEvent;

    /// <summary>The container was started, by the agent or by somebody else.</summary>
    /// <param name="RuntimeId">Which.</param>
    /// <param name="At">When, by the runtime's clock; null when it does not say.</param>
    public sealed record Started(string RuntimeId, DateTimeOffset? At = null) : RuntimeEvent;
}
