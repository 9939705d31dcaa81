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
            "events", "--since", DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
            "--filter", "type=container", "--filter", $"label={Labels}cluster", "--format",
            $"{{{{index .Actor.Attributes \"{Labels}cluster\"}}}} {{{{index .Actor.Attributes \"{Labels}container-name\"}}}} {{{{.Action}}}}",
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
            .Select(container => $"{container.Key}: " + string.Join(
                ", ",
                container.CountBy(fields => fields[2]).OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => $"{count.Key} {count.Value}"))),
    ];

    public ValueTask DisposeAsync() => _follower.DisposeAsync();
}
