using Ecs.Agent.EndToEnd.Tests.Processes;
using Ecs.Agent.EndToEnd.Tests.Stack;

namespace Ecs.Agent.KillMatrix.Tests;

/// <summary>
/// What really happened to containers, by the engine's own account. Followed from the beginning, since the engine remembers only its last 256
/// events.
/// </summary>
internal sealed class ContainerEvents : IAsyncDisposable
{
    private const string Labels = "com.amazonaws.ecs.";

    private readonly RunningProcess _follower = RunningProcess.Start(
        "docker",
        [
            "events", "--since", FormattableString.Invariant($"{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}"),
            "--filter", "type=container", "--filter", $"label={Labels}cluster",
            "--format", $"{Attribute("cluster")} {Attribute("container-name")} {{{{.Action}}}}",
        ],
        new Dictionary<string, string?> { ["DOCKER_HOST"] = Engine.Shared.Host });

    /// <summary>How often each container of the cluster was created, started and destroyed, such as <c>app: create 1, destroy 1, start 2</c>.</summary>
    public IReadOnlyList<string> Counts(string cluster) =>
    [
        .. _follower.Output.Split('\n')
            .Select(line => line.Split(' '))
            .Where(fields => fields.Length == 3 && fields[0] == cluster && fields[2] is "create" or "start" or "destroy")
            .GroupBy(fields => fields[1], StringComparer.Ordinal)
            .OrderBy(container => container.Key, StringComparer.Ordinal)
            .Select(container => $"{container.Key}: {string.Join(", ", Counts(container.Select(fields => fields[2])))}"),
    ];

    public ValueTask DisposeAsync() => _follower.DisposeAsync();

    private static IEnumerable<string> Counts(IEnumerable<string> actions) => actions
        .CountBy(action => action)
        .OrderBy(count => count.Key, StringComparer.Ordinal)
        .Select(count => FormattableString.Invariant($"{count.Key} {count.Value}"));

    private static string Attribute(string label) => $"{{{{index .Actor.Attributes \"{Labels}{label}\"}}}}";
}
