namespace Ecs.Agent.Infrastructure.Docker.Wire;

/// <summary>A container's <c>State</c>. Times that never came are Go's zero time, year 1.</summary>
internal sealed record InspectedState
{
    public bool Running { get; init; }

    public bool Dead { get; init; }

    public bool OOMKilled { get; init; }

    public int ExitCode { get; init; }

    public string? Error { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset FinishedAt { get; init; }

    public InspectedHealth? Health { get; init; }
}
