namespace Ecs.Agent.Simulation.Tests.Scenarios;

/// <summary>What a container does when it runs.</summary>
internal sealed record ContainerScript
{
    /// <summary>It ends by itself after this long, or runs until it is stopped (null).</summary>
    public TimeSpan? EndsAfter { get; init; }

    /// <summary>So many of its runs end by themselves; the next goes on for ever.</summary>
    public int Ends { get; init; } = 1;

    public int ExitCode { get; init; }

    /// <summary>It becomes healthy this long after its start, or never (null).</summary>
    public TimeSpan? HealthyAfter { get; init; }

    /// <summary>It ends this long after the stop signal, or ignores it (null) and is killed.</summary>
    public TimeSpan? StopsWithin { get; init; }

    /// <summary>The exit code after the stop signal.</summary>
    public int StopExitCode { get; init; }
}
