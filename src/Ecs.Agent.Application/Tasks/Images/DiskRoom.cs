using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Images;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Application.Tasks.Images;

/// <summary>
/// Keeps the disk of the images from filling up (<c>ECS_IMAGE_DISK_MIN_FREE</c>): before and during a pull, images that nobody needs go,
/// longest unused first, until enough is free. Age and the number per cycle do not matter then; use and exclusions always do.
/// </summary>
internal sealed partial class DiskRoom(
    IImageDisk disk,
    IImageStore images,
    IHostContainers containers,
    ImageInventory inventory,
    ImageRemover remover,
    AgentOptions options,
    TimeProvider time,
    ILogger<DiskRoom> logger) : IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>When all that may go is gone, looking every second would only repeat the warning.</summary>
    private static readonly TimeSpan LookAgainAfterFailure = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly ImageExclusions _exclusions = ImageExclusions.BuiltIn.And(options.ImageCleanupExclusions);
    private long _nextLook;
    private volatile bool _isUnknown;

    /// <summary>Whether it is worth looking at the disk again while a pull is under way.</summary>
    public bool IsDue => options.ImageDiskMinFree is not null && !_isUnknown && time.GetUtcNow().UtcTicks >= Volatile.Read(ref _nextLook);

    /// <summary>
    /// Removes what may go until the mark holds. Throws only when cancelled: a pull is never failed for it, since it may fit all the same.
    /// </summary>
    /// <param name="comingBytes">What the pulls under way will still write, asked anew each time.</param>
    /// <param name="cancellationToken">Stops between two removals.</param>
    public async Task MakeRoomAsync(Func<long> comingBytes, CancellationToken cancellationToken)
    {
        if (options.ImageDiskMinFree is not { } mark || _isUnknown)
        {
            return;
        }

        LookAgainIn(LookEvery);
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await MakeRoomAsync(mark, comingBytes, cancellationToken).ConfigureAwait(false);
        }
        catch (RuntimeException e)
        {
            LookAgainIn(LookAgainAfterFailure);
            LogNotPossible(mark, e.Message);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task MakeRoomAsync(DiskWatermark mark, Func<long> comingBytes, CancellationToken cancellationToken)
    {
        var shortage = await ShortageAsync(mark, comingBytes, cancellationToken).ConfigureAwait(false);
        if (shortage == 0)
        {
            return;
        }

        LogShort(mark, shortage);
        foreach (var record in ImageCleanUpRules.Removable(inventory.Ledger, remover.InUse, _exclusions))
        {
            await remover.RemoveAsync(record, cancellationToken).ConfigureAwait(false);
            shortage = await ShortageAsync(mark, comingBytes, cancellationToken).ConfigureAwait(false);
            if (shortage == 0)
            {
                return;
            }
        }

        if (options.UntrackedCleanupEnabled)
        {
            shortage = await RemoveUntrackedAsync(mark, shortage, comingBytes, cancellationToken).ConfigureAwait(false);
        }

        if (shortage > 0)
        {
            LookAgainIn(LookAgainAfterFailure);
            LogStillShort(mark, shortage);
        }
    }

    private async Task<long> RemoveUntrackedAsync(
        DiskWatermark mark, long shortage, Func<long> comingBytes, CancellationToken cancellationToken)
    {
        var candidates = ImageCleanUpRules.UntrackedRemovable(
            await images.ListAsync(cancellationToken).ConfigureAwait(false),
            await containers.ListAllAsync(cancellationToken).ConfigureAwait(false),
            inventory.Ledger,
            remover.InUse,
            _exclusions);
        foreach (var image in candidates)
        {
            await remover.RemoveAsync(image, budget: int.MaxValue, cancellationToken).ConfigureAwait(false);
            shortage = await ShortageAsync(mark, comingBytes, cancellationToken).ConfigureAwait(false);
            if (shortage == 0)
            {
                break;
            }
        }

        return shortage;
    }

    private async Task<long> ShortageAsync(DiskWatermark mark, Func<long> comingBytes, CancellationToken cancellationToken)
    {
        if (await disk.MeasureAsync(cancellationToken).ConfigureAwait(false) is { } space)
        {
            return mark.Shortage(space, comingBytes());
        }

        _isUnknown = true;
        LogUnknown(mark);
        return 0;
    }

    private void LookAgainIn(TimeSpan wait) => Volatile.Write(ref _nextLook, (time.GetUtcNow() + wait).UtcTicks);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Image disk: {ShortageBytes} bytes short of what ECS_IMAGE_DISK_MIN_FREE ({Mark}) keeps free, removing images that no task needs")]
    private partial void LogShort(DiskWatermark mark, long shortageBytes);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Image disk: still {ShortageBytes} bytes short of what ECS_IMAGE_DISK_MIN_FREE ({Mark}) keeps free although every image that "
            + "may go is gone; pulls go on and may fill the disk. Free some space or use a larger disk")]
    private partial void LogStillShort(DiskWatermark mark, long shortageBytes);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Image disk: ECS_IMAGE_DISK_MIN_FREE ({Mark}) is without effect, because how much is free where Docker keeps its images cannot be "
            + "known from here")]
    private partial void LogUnknown(DiskWatermark mark);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Image disk: could not be looked at or cleared for ECS_IMAGE_DISK_MIN_FREE ({Mark}), the pull goes on: {Problem}")]
    private partial void LogNotPossible(DiskWatermark mark, string problem);
}
