using Docker.DotNet.Models;
using Ecs.Agent.Application.Runtime;

namespace Ecs.Agent.Infrastructure.Docker;

/// <summary>Adds up the layers of one pull. Neither sum ever shrinks.</summary>
internal sealed class PullProgressTracker
{
    private readonly Dictionary<string, (long Current, long Total)> _layers = [];
    private long _downloaded;
    private long _total;

    /// <summary>Takes in one line of the stream; the new sums, or null when it changed none.</summary>
    public PullProgress? Apply(JSONMessage message)
    {
        if (message.ID is not { } layer)
        {
            return null;
        }

        var before = _layers.GetValueOrDefault(layer);
        var after = message.Status switch
        {
            "Downloading" when message.Progress is { Total: > 0 and var total } progress =>
                (Math.Max(before.Current, progress.Current ?? 0), Math.Max(before.Total, total)),
            "Download complete" or "Pull complete" => (before.Total, before.Total),
            _ => before,
        };
        if (after == before)
        {
            return null;
        }

        _layers[layer] = after;
        _downloaded += after.Item1 - before.Current;
        _total += after.Item2 - before.Total;
        return new PullProgress(_downloaded, _total);
    }
}
