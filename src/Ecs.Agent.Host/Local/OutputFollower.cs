using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Host.Presentation;

namespace Ecs.Agent.Host.Local;

/// <summary>
/// Shows what containers write, from their first line on. Not thread-safe: one watcher calls it; <paramref name="show"/> is called from
/// anywhere.
/// </summary>
internal sealed class OutputFollower(IContainerLogs logs, Action<RunEvent> show, CancellationToken cancellationToken)
{
    /// <summary>A container that has ended has written all its output; only the daemon's delivery is waited for.</summary>
    private static readonly TimeSpan DeliveryTime = TimeSpan.FromSeconds(3);

    private readonly Dictionary<string, Following> _followed = new(StringComparer.Ordinal);

    /// <summary>Follows the container if it has been started, and again after each restart.</summary>
    public void Follow(EcsContainer container)
    {
        if (container.RuntimeId is not { } runtimeId || container.StartedAt is null)
        {
            return;
        }

        var earlier = _followed.GetValueOrDefault(container.Name);
        if (earlier is null || earlier.Start < container.RestartCount)
        {
            _followed[container.Name] = new Following(container.RestartCount, FollowAsync(container.Name, runtimeId, earlier?.Shown));
        }
    }

    /// <summary>Waits until the output of a container that has ended has been shown, within reason.</summary>
    public async Task DrainAsync(string container)
    {
        if (_followed.TryGetValue(container, out var follow))
        {
            await ((Task)follow.Shown).WaitAsync(DeliveryTime, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // The log of a container that was started again begins with what was shown before; how much that was is the task's result.
    private async Task<int> FollowAsync(string container, string runtimeId, Task<int>? earlier)
    {
        var known = earlier is null ? 0 : await earlier;
        var lines = 0;
        try
        {
            await foreach (var line in logs.FollowAsync(runtimeId, cancellationToken))
            {
                if (++lines > known)
                {
                    show(new RunEvent.Output(container, line.Text));
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Nobody watches any more.
        }
        catch (RuntimeException failure)
        {
            show(new RunEvent.Note($"the output of {container} cannot be read: {failure.Message}"));
        }

        return Math.Max(known, lines);
    }

    /// <param name="Start">Which start of the container it is: 0, then one more with each restart.</param>
    /// <param name="Shown">Ends with the output; how many lines the log has.</param>
    private sealed record Following(int Start, Task<int> Shown);
}
