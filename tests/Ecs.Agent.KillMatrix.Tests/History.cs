using System.Collections.Immutable;

namespace Ecs.Agent.KillMatrix.Tests;

/// <summary>What one run of the scenario has come to, in words that must be the same whether the agent was killed on the way or not.</summary>
internal sealed record History
{
    /// <summary>Each task's and each container's changes at the control plane, repeats left out.</summary>
    public required ImmutableArray<string> Changes { get; init; }

    /// <summary>How often each container was created, started and destroyed in Docker.</summary>
    public required ImmutableArray<string> Docker { get; init; }

    /// <summary>How often the agent says that it restarted each container.</summary>
    public required ImmutableArray<string> Restarts { get; init; }

    /// <summary>Containers and volumes that are still there, tasks that are not forgotten.</summary>
    public required ImmutableArray<string> Left { get; init; }

    /// <summary>What was told twice without need.</summary>
    public required ImmutableArray<string> Repeated { get; init; }

    public required int ContainerInstances { get; init; }

    public IEnumerable<string> Lines =>
    [
        .. Changes.Select(line => $"told     {line}"),
        .. Docker.Select(line => $"docker   {line}"),
        .. Restarts.Select(line => $"restarts {line}"),
        .. Left.Select(line => $"left     {line}"),
        .. Repeated.Select(line => $"repeated {line}"),
        FormattableString.Invariant($"container instances {ContainerInstances}"),
    ];
}
