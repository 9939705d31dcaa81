using Ecs.Agent.Domain.Containers;

namespace Ecs.Agent.Domain.Explaining;

/// <summary>What the end of a container had to do with a stop.</summary>
public abstract record StopResponse
{
    private StopResponse()
    {
    }

    /// <summary>Nobody had asked it to stop, or not before it ended.</summary>
    public sealed record None : StopResponse
    {
        public static None Instance { get; } = new();
    }

    /// <summary>It ended within its grace period: of the signal, unless its exit code says that others killed it.</summary>
    /// <param name="After">From the stop signal to its end.</param>
    public sealed record Heeded(StopAttempt Attempt, TimeSpan After) : StopResponse;

    /// <summary>It was still there at the end of its grace period, so Docker killed it.</summary>
    public sealed record Killed(StopAttempt Attempt) : StopResponse;

    /// <summary>It ended while its task was being stopped, and no stop of it was seen through: the agent was restarted, or late.</summary>
    public sealed record Unseen : StopResponse
    {
        public static Unseen Instance { get; } = new();
    }
}
