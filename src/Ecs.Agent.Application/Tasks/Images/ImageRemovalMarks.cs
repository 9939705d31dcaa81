using Ecs.Agent.Domain.Images;

namespace Ecs.Agent.Application.Tasks.Images;

/// <summary>
/// The names that are being removed right now. Keeps removal and new tasks apart without a lock over both: the remover marks, then looks
/// whether any known task needs the image; a task is known before its first step, and its step waits for the mark to go. So either the
/// remover sees the task, or the task's step comes after the removal.
/// </summary>
internal sealed class ImageRemovalMarks
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, TaskCompletionSource> _marked = new(StringComparer.Ordinal);

    /// <summary>Marks the familiar names, none of which is marked already; dispose to unmark.</summary>
    public IDisposable Mark(IReadOnlyCollection<string> names)
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            foreach (var name in names)
            {
                _marked.Add(name, gone);
            }
        }

        return new Marks(this, names, gone);
    }

    /// <summary>Waits until the image is not being removed; at once when it is not.</summary>
    public async ValueTask WaitAsync(string image, CancellationToken cancellationToken)
    {
        var name = ImageReference.FamiliarName(image);
        while (GoneOf(name) is { } gone)
        {
            await gone.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private Task? GoneOf(string name)
    {
        lock (_lock)
        {
            return _marked.TryGetValue(name, out var gone) ? gone.Task : null;
        }
    }

    private sealed class Marks(ImageRemovalMarks marks, IReadOnlyCollection<string> names, TaskCompletionSource gone) : IDisposable
    {
        public void Dispose()
        {
            lock (marks._lock)
            {
                foreach (var name in names)
                {
                    marks._marked.Remove(name);
                }
            }

            gone.TrySetResult();
        }
    }
}
