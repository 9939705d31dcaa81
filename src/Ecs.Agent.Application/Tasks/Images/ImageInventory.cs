using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Images;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Application.Tasks.Images;

/// <summary>
/// What the agent knows of the images here: the ledger of those that its tasks have used, and what Docker last said of each name, so that
/// one answer of Docker serves all tasks.
/// </summary>
internal sealed class ImageInventory(IImageStore images, TimeProvider time) : ITaskObserver
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (LocalImage? Image, long Asked)> _answers = new(StringComparer.Ordinal);
    private volatile ImageLedger _ledger = ImageLedger.Empty;
    private volatile TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _questions;

    /// <summary>As of now. A plain value: it may be saved, and given back with <see cref="Restore"/>.</summary>
    public ImageLedger Ledger => _ledger;

    /// <summary>Returns when the ledger is another one than <paramref name="known"/>.</summary>
    public async Task ChangedSinceAsync(ImageLedger known, CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = _changed.Task;
            if (!ReferenceEquals(_ledger, known))
            {
                return;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Goes on with the ledger of an earlier life. Before any task goes on.</summary>
    public void Restore(ImageLedger ledger)
    {
        lock (_lock)
        {
            Become(ledger);
        }
    }

    /// <summary>Whether this agent has pulled the name itself.</summary>
    public bool WasPulled(string image) => _ledger.WasPulled(image);

    /// <summary>The image as Docker last described it, which is asked only where it has not been; null when it is not here.</summary>
    public async ValueTask<LocalImage?> FindAsync(string image, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_answers.TryGetValue(ImageReference.FamiliarName(image), out var answer) && answer.Image is { } known)
            {
                return known;
            }
        }

        return await LookAsync(image, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The image as it is now; null when it is not here.</summary>
    public async Task<LocalImage?> LookAsync(string image, CancellationToken cancellationToken)
    {
        var asked = Interlocked.Increment(ref _questions);
        var local = await images.FindAsync(image, cancellationToken).ConfigureAwait(false);
        Learn(image, local, asked, pulled: false);
        return local;
    }

    /// <summary>The image was pulled: looks at what came and remembers that it did.</summary>
    public async Task RecordPullAsync(string image, CancellationToken cancellationToken)
    {
        var asked = Interlocked.Increment(ref _questions);
        Learn(image, await images.FindAsync(image, cancellationToken).ConfigureAwait(false), asked, pulled: true);
    }

    /// <summary>The name may mean another image from now on; answers to earlier questions count no more.</summary>
    public void Forget(string image)
    {
        lock (_lock)
        {
            _answers[ImageReference.FamiliarName(image)] = (null, Interlocked.Increment(ref _questions));
        }
    }

    /// <summary>Clean-up has removed one name of the image, or the image by its id.</summary>
    public void Removed(string id, string nameOrId)
    {
        lock (_lock)
        {
            _answers.Remove(nameOrId);
            Become(nameOrId == id ? _ledger.Forgotten(id) : _ledger.Untagged(id, nameOrId));
        }
    }

    /// <summary>An image was last used when clean-up removed the last container made from it.</summary>
    public void OnChanged(EcsTask? before, EcsTask after)
    {
        foreach (var container in after.Containers.Where(c => c is { Removed: true, ImageId: not null }))
        {
            if (before?.Find(container.Name) is { Removed: false })
            {
                lock (_lock)
                {
                    Become(_ledger.Used(container.ImageId!, time.GetUtcNow()));
                }
            }
        }
    }

    private void Learn(string image, LocalImage? local, long asked, bool pulled)
    {
        var name = ImageReference.FamiliarName(image);
        lock (_lock)
        {
            if (_answers.TryGetValue(name, out var answer) && answer.Asked > asked)
            {
                return;
            }

            _answers[name] = (local, asked);
            if (local is not null)
            {
                var seen = _ledger.Seen(image, local.Id, local.SizeBytes, local.EnvironmentNames, time.GetUtcNow());
                Become(pulled ? seen.Pulled(image) : seen);
            }
        }
    }

    /// <summary>Under the lock.</summary>
    private void Become(ImageLedger ledger)
    {
        if (ReferenceEquals(_ledger, ledger))
        {
            return;
        }

        _ledger = ledger;
        var changed = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.TrySetResult();
    }
}
