using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Images;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Application.Tasks.Images;

/// <summary>
/// Automated clean-up: every <c>ECS_IMAGE_CLEANUP_INTERVAL</c> some images that no task needs are removed, and, where the operator wants
/// that, containers and images that were never this agent's.
/// </summary>
internal sealed partial class ImageCleanUp(
    IImageStore images,
    IHostContainers containers,
    ImageInventory inventory,
    ImageRemover remover,
    ITaskDirectory tasks,
    AgentOptions options,
    TimeProvider time,
    ILogger<ImageCleanUp> logger) : BackgroundService
{
    private readonly ImageCleanUpPolicy _policy = new()
    {
        MinimumAge = options.ImageMinimumCleanupAge,
        UntrackedMinimumAge = options.UntrackedImageMinimumCleanupAge,
        ImagesPerCycle = options.ImagesDeletedPerCycle,
        ContainersPerCycle = options.UntrackedContainersDeletedPerCycle,
        EndedContainerAge = options.TaskCleanupWait,
        Exclusions = ImageExclusions.BuiltIn.And(options.ImageCleanupExclusions),
    };

    // A timer takes at most some 49 days.
    private readonly TimeSpan _interval = TimeSpan.FromTicks(Math.Min(options.ImageCleanupInterval.Ticks, TimeSpan.FromDays(45).Ticks));

    /// <summary>With <c>prefer-cached</c> images are kept whatever else is set: that is what the behaviour is for.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.ImageCleanupDisabled || options.ImagePullBehavior == ImagePullBehavior.PreferCached)
        {
            return;
        }

        while (true)
        {
            await Task.Delay(_interval, time, stoppingToken).ConfigureAwait(false);
            try
            {
                await RunCycleAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (RuntimeException e)
            {
                LogCycleFailed(_interval, e.Message);
            }
        }
    }

    private async Task RunCycleAsync(CancellationToken cancellationToken)
    {
        var removed = await RemoveImagesAsync(cancellationToken).ConfigureAwait(false);
        if (options.UntrackedCleanupEnabled)
        {
            await RemoveUntrackedContainersAsync(cancellationToken).ConfigureAwait(false);
            await RemoveUntrackedImagesAsync(removed, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Gives how many were removed. What the runtime refuses takes a place of the cycle, too; what a task needs does not.</summary>
    private async Task<int> RemoveImagesAsync(CancellationToken cancellationToken)
    {
        var (tried, removed) = (0, 0);
        foreach (var record in ImageCleanUpRules.Candidates(inventory.Ledger, remover.InUse, _policy, time.GetUtcNow()))
        {
            if (tried == _policy.ImagesPerCycle)
            {
                break;
            }

            var outcome = await remover.RemoveAsync(record, cancellationToken).ConfigureAwait(false);
            tried += outcome == ImageRemovalOutcome.Spared ? 0 : 1;
            removed += outcome == ImageRemovalOutcome.Removed ? 1 : 0;
        }

        return removed;
    }

    private async Task RemoveUntrackedContainersAsync(CancellationToken cancellationToken)
    {
        // The containers first, then the tasks: a container of a task that was admitted in between is then known to be one.
        var all = await containers.ListAllAsync(cancellationToken).ConfigureAwait(false);
        var left = _policy.ContainersPerCycle ?? int.MaxValue;
        foreach (var container in ImageCleanUpRules.EndedUntracked(all, tasks.All(), _policy, time.GetUtcNow()))
        {
            if (left == 0)
            {
                return;
            }

            try
            {
                var endedAt = await containers.EndedAtAsync(container.Id, cancellationToken).ConfigureAwait(false);
                if (ImageCleanUpRules.HasAged(container, endedAt, _policy, time.GetUtcNow()))
                {
                    await containers.DiscardAsync(container.Id, cancellationToken).ConfigureAwait(false);
                    LogContainerRemoved(container.Name, container.Id, endedAt ?? container.CreatedAt);
                    left--;
                }
            }
            catch (RuntimeException e) when (e.Kind != RuntimeFailureKind.Unreachable)
            {
                LogContainerKept(container.Name, e.Message);
            }
        }
    }

    private async Task RemoveUntrackedImagesAsync(int removed, CancellationToken cancellationToken)
    {
        var budget = ImageCleanUpRules.UntrackedBudget(_policy, removed);
        if (budget == 0)
        {
            return;
        }

        var candidates = ImageCleanUpRules.UntrackedCandidates(
            await images.ListAsync(cancellationToken).ConfigureAwait(false),
            await containers.ListAllAsync(cancellationToken).ConfigureAwait(false),
            inventory.Ledger,
            remover.InUse,
            _policy,
            time.GetUtcNow());
        foreach (var image in candidates)
        {
            budget -= await remover.RemoveAsync(image, budget, cancellationToken).ConfigureAwait(false);
            if (budget == 0)
            {
                return;
            }
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Image clean-up: this cycle was broken off, the next one is in {Interval}: {Problem}")]
    private partial void LogCycleFailed(TimeSpan interval, string problem);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Container {Container} ({RuntimeId}): removed although it is no task's, as ECS_ENABLE_UNTRACKED_IMAGE_CLEANUP wants it; "
            + "it was over since {EndedAt:u}")]
    private partial void LogContainerRemoved(string container, string runtimeId, DateTimeOffset endedAt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Container {Container}: is no task's and is kept, it could not be removed: {Problem}")]
    private partial void LogContainerKept(string container, string problem);
}
