namespace Ecs.Agent.Infrastructure.Operations.Wire;

/// <summary>How a container ended.</summary>
public sealed record EndDocument
{
    /// <summary>
    /// <c>exited</c>, <c>outOfMemory</c>, <c>vanished</c>, <c>givenUp</c>, <c>imageFailed</c>, <c>creationFailed</c>, <c>startFailed</c> or
    /// <c>neverStarted</c>.
    /// </summary>
    public required string Kind { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Text { get; init; }

    public int? ExitCode { get; init; }

    /// <summary>The signal that the exit code stands for: <c>SIGKILL</c>.</summary>
    public string? Signal { get; init; }

    /// <summary>The reason that the control plane gets: <c>CannotPullContainerError: …</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>The dependency that it was given up for.</summary>
    public string? Dependency { get; init; }

    /// <summary>What that one should have done: <c>HEALTHY</c>.</summary>
    public string? Condition { get; init; }

    /// <summary>Whether that one took longer than its start timeout, instead of having failed.</summary>
    public bool? TimedOut { get; init; }

    /// <summary>What it made of its stop: <c>heeded</c>, <c>killed</c> or <c>unseen</c>; absent when it ended by itself.</summary>
    public string? StopResponse { get; init; }

    /// <summary>When it was sent its stop signal.</summary>
    public DateTimeOffset? StopSignalAt { get; init; }

    /// <summary>From its stop signal to KILL.</summary>
    public double? GraceSeconds { get; init; }
}
