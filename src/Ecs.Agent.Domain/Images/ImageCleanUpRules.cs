using System.Collections.Immutable;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Domain.Images;

/// <summary>
/// What may be removed, and in which order. Pure; whether an image is needed after all is asked once more when its turn comes, because
/// tasks arrive in the meantime.
/// </summary>
public static class ImageCleanUpRules
{
    private static readonly ImmutableHashSet<string> Over = ["created", "exited", "dead"];

    /// <summary>The agent's images that are old enough, longest unused first.</summary>
    public static ImmutableArray<ImageRecord> Candidates(
        ImageLedger ledger, ImagesInUse inUse, ImageCleanUpPolicy policy, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return [.. Removable(ledger, inUse, policy.Exclusions).Where(record => now - record.FirstSeenAt > policy.MinimumAge)];
    }

    /// <summary>The agent's images that nobody needs, whatever their age, longest unused first: what a full disk calls for.</summary>
    public static ImmutableArray<ImageRecord> Removable(ImageLedger ledger, ImagesInUse inUse, ImageExclusions exclusions)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(inUse);
        ArgumentNullException.ThrowIfNull(exclusions);
        return
        [
            .. ledger.Records.Values
                .Where(record => !inUse.Contains(record) && !exclusions.Cover(record.Names))
                .OrderBy(record => record.LastUsedAt)
                .ThenBy(record => record.FirstSeenAt)
                .ThenBy(record => record.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>How many removals are left for images that are not ours.</summary>
    /// <param name="policy">The knobs.</param>
    /// <param name="slotsUsed">What the agent's own images have taken of the cycle's number, failures included.</param>
    public static int UntrackedBudget(ImageCleanUpPolicy policy, int slotsUsed)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return Math.Max(0, policy.ImagesPerCycle - slotsUsed);
    }

    /// <summary>The images that are not ours and old enough, smallest first.</summary>
    /// <param name="all">All images of the machine.</param>
    /// <param name="containers">All containers of the machine: the runtime would keep their images anyway, but not all their names.</param>
    /// <param name="ledger">The images that are ours.</param>
    /// <param name="inUse">What tasks need.</param>
    /// <param name="policy">The knobs.</param>
    /// <param name="now">Now.</param>
    public static ImmutableArray<HostImage> UntrackedCandidates(
        IEnumerable<HostImage> all,
        IEnumerable<HostContainer> containers,
        ImageLedger ledger,
        ImagesInUse inUse,
        ImageCleanUpPolicy policy,
        DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return
        [
            .. Untracked(all, containers, ledger, inUse, policy.Exclusions)
                .Where(image => now - image.CreatedAt > policy.UntrackedMinimumAge)
                .OrderBy(image => image.SizeBytes)
                .ThenBy(image => image.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>The images that are not ours and that nobody needs, whatever their age, oldest build first.</summary>
    public static ImmutableArray<HostImage> UntrackedRemovable(
        IEnumerable<HostImage> all,
        IEnumerable<HostContainer> containers,
        ImageLedger ledger,
        ImagesInUse inUse,
        ImageExclusions exclusions) =>
    [
        .. Untracked(all, containers, ledger, inUse, exclusions)
            .OrderBy(image => image.CreatedAt)
            .ThenBy(image => image.Id, StringComparer.Ordinal),
    ];

    /// <summary>
    /// The containers that are no task's and are over, oldest first. One that was never started counts from its creation: somebody may be
    /// about to start it.
    /// </summary>
    public static ImmutableArray<HostContainer> EndedUntracked(
        IEnumerable<HostContainer> all, IEnumerable<EcsTask> tasks, ImageCleanUpPolicy policy, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(all);
        ArgumentNullException.ThrowIfNull(tasks);
        ArgumentNullException.ThrowIfNull(policy);

        // By name as well: a container that is just being created has its name from admission and no id yet.
        var ours = tasks.SelectMany(task => task.Containers).SelectMany(c => new[] { c.RuntimeId, c.DockerName }).ToHashSet();
        return
        [
            .. all
                .Where(c => Over.Contains(c.State) && !ours.Contains(c.Id) && !ours.Contains(c.Name))
                .Where(c => now - c.CreatedAt > policy.EndedContainerAge)
                .OrderBy(c => c.CreatedAt)
                .ThenBy(c => c.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>Whether a container that is over has been so for long enough.</summary>
    /// <param name="container">One of <see cref="EndedUntracked"/>.</param>
    /// <param name="finishedAt">When it ended; null when it was never started.</param>
    /// <param name="policy">The knobs.</param>
    /// <param name="now">Now.</param>
    public static bool HasAged(HostContainer container, DateTimeOffset? finishedAt, ImageCleanUpPolicy policy, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(container);
        ArgumentNullException.ThrowIfNull(policy);
        return now - (finishedAt ?? container.CreatedAt) > policy.EndedContainerAge;
    }

    private static IEnumerable<HostImage> Untracked(
        IEnumerable<HostImage> all,
        IEnumerable<HostContainer> containers,
        ImageLedger ledger,
        ImagesInUse inUse,
        ImageExclusions exclusions)
    {
        ArgumentNullException.ThrowIfNull(all);
        ArgumentNullException.ThrowIfNull(containers);
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(inUse);
        ArgumentNullException.ThrowIfNull(exclusions);
        var occupied = containers.Select(container => container.ImageId).ToHashSet(StringComparer.Ordinal);
        return all.Where(image => !ledger.Records.ContainsKey(image.Id)
            && !occupied.Contains(image.Id)
            && !inUse.Contains(image.Id, image.Tags)
            && !exclusions.Cover(image.Tags));
    }
}
