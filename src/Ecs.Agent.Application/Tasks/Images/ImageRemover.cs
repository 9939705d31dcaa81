using System.Collections.Immutable;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Images;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Application.Tasks.Images;

/// <summary>
/// Removes images that no task needs, one at a time and never by force. Whether a task needs it is asked when everybody who could begin to
/// need it is made to wait (<see cref="ImageRemovalMarks"/>).
/// </summary>
/// <param name="images">Where they are removed from.</param>
/// <param name="inventory">What is known of them.</param>
/// <param name="marks">Holds back the tasks that arrive meanwhile.</param>
/// <param name="tasks">Gives the tasks; asked for late, because their owners are made of what this is part of.</param>
/// <param name="logger">Tells what was removed.</param>
internal sealed partial class ImageRemover(
    IImageStore images, ImageInventory inventory, ImageRemovalMarks marks, Func<ITaskDirectory> tasks, ILogger<ImageRemover> logger)
    : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>What the tasks need at this moment.</summary>
    public ImagesInUse InUse => ImagesInUse.By(tasks().All());

    /// <summary>Removes one of the agent's own images with all the names that the agent knows of.</summary>
    public async Task<ImageRemovalOutcome> RemoveAsync(ImageRecord record, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using var marked = marks.Mark(record.Names);
            var unchanged = inventory.Ledger.Records.GetValueOrDefault(record.Id) is { } current && current.Names.SetEquals(record.Names);
            if (!unchanged || InUse.Contains(record))
            {
                return ImageRemovalOutcome.Spared;
            }

            ImmutableArray<string> references = record.Names.IsEmpty ? [record.Id] : [.. record.Names];
            var removed = 0;
            foreach (var reference in references)
            {
                if (await TryDeleteAsync(reference, cancellationToken).ConfigureAwait(false))
                {
                    inventory.Removed(record.Id, reference);
                    removed++;
                }
            }

            if (removed < references.Length)
            {
                return ImageRemovalOutcome.Refused;
            }

            LogRemoved(record.Title, record.Id, record.SizeBytes, record.LastUsedAt);
            return ImageRemovalOutcome.Removed;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// Removes an image that is not the agent's: each of its tags when there are several, else the image. Gives how many of these
    /// succeeded.
    /// </summary>
    /// <param name="image">Which.</param>
    /// <param name="budget">At most this many removals.</param>
    /// <param name="cancellationToken">Stops between two removals.</param>
    public async Task<int> RemoveAsync(HostImage image, int budget, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using var marked = marks.Mark(image.Tags);
            if (inventory.Ledger.Records.ContainsKey(image.Id) || InUse.Contains(image.Id, image.Tags))
            {
                return 0;
            }

            ImmutableArray<string> references = image.Tags.Length > 1 ? image.Tags : [image.Id];
            var removed = 0;
            foreach (var reference in references.Take(budget))
            {
                removed += await TryDeleteAsync(reference, cancellationToken).ConfigureAwait(false) ? 1 : 0;
            }

            if (removed > 0)
            {
                LogUntrackedRemoved(image.Tags.IsEmpty ? image.Id : image.Tags[0], image.Id, image.SizeBytes);
            }

            return removed;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<bool> TryDeleteAsync(string reference, CancellationToken cancellationToken)
    {
        try
        {
            await images.DeleteAsync(reference, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (RuntimeException e) when (e.Kind == RuntimeFailureKind.NotFound)
        {
            return true;
        }
        catch (RuntimeException e)
        {
            LogRefused(reference, e.Message);
            return false;
        }
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Image {Image} ({ImageId}): removed, no task needs it; {SizeBytes} bytes, last used {LastUsedAt:u}")]
    private partial void LogRemoved(string image, string imageId, long sizeBytes, DateTimeOffset lastUsedAt);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Image {Image} ({ImageId}): removed although no task of this agent ever used it, as ECS_ENABLE_UNTRACKED_IMAGE_CLEANUP "
            + "wants it; {SizeBytes} bytes")]
    private partial void LogUntrackedRemoved(string image, string imageId, long sizeBytes);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Image {Image}: is kept, it could not be removed: {Problem}")]
    private partial void LogRefused(string image, string problem);
}
