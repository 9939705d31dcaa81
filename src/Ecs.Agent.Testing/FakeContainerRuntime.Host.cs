using System.Collections.Concurrent;
using System.Collections.Immutable;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Images;

namespace Ecs.Agent.Testing;

/// <content>What is on the machine besides the agent's own: foreign containers, and the disk.</content>
public sealed partial class FakeContainerRuntime : IHostContainers, IImageDisk
{
    private readonly ConcurrentDictionary<string, (HostContainer Container, DateTimeOffset? EndedAt)> _foreign = new(StringComparer.Ordinal);
    private long _diskBytes;

    /// <summary>The size of the images' disk, on which nothing but images lies; null, as at first, when that cannot be known.</summary>
    public long? DiskBytes
    {
        get => Interlocked.Read(ref _diskBytes) is > 0 and var bytes ? bytes : null;
        set => Interlocked.Exchange(ref _diskBytes, value ?? 0);
    }

    /// <summary>The containers that are not the agent's, by id.</summary>
    public ImmutableArray<string> ForeignContainers => [.. _foreign.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Puts a container on the machine that is not the agent's.</summary>
    /// <param name="container">As the runtime lists it.</param>
    /// <param name="endedAt">When it ended; null when it runs or was never started.</param>
    public void AddForeignContainer(HostContainer container, DateTimeOffset? endedAt = null)
    {
        ArgumentNullException.ThrowIfNull(container);
        _foreign[container.Id] = (container, endedAt);
    }

    public async Task<ImmutableArray<HostContainer>> ListAllAsync(CancellationToken cancellationToken) =>
        await CallAsync(RuntimeOperation.ListContainers, "", ListAll, cancellationToken).ConfigureAwait(false);

    public async Task<DateTimeOffset?> EndedAtAsync(string runtimeId, CancellationToken cancellationToken) => await CallAsync(
        RuntimeOperation.InspectContainer, runtimeId, () => EndedAt(runtimeId), cancellationToken).ConfigureAwait(false);

    public async Task DiscardAsync(string runtimeId, CancellationToken cancellationToken) => await CallAsync(
        RuntimeOperation.RemoveContainer, runtimeId, () => Discard(runtimeId), cancellationToken).ConfigureAwait(false);

    public async Task<DiskSpace?> MeasureAsync(CancellationToken cancellationToken) => await CallAsync(
        RuntimeOperation.MeasureDisk, "", Measure, cancellationToken).ConfigureAwait(false);

    private ImmutableArray<HostContainer> ListAll() =>
    [
        .. Containers.Values.Select(c => new HostContainer(
            c.RuntimeId, c.DockerName, ImageIdOf(c.Creation.Container.Image) ?? "", StateOf(c), c.CreatedAt)),
        .. _foreign.Values.Select(c => c.Container),
    ];

    private DateTimeOffset? EndedAt(string runtimeId) =>
        _foreign.TryGetValue(runtimeId, out var container) ? container.EndedAt : ByRuntimeId(runtimeId)?.FinishedAt;

    private bool Discard(string runtimeId)
    {
        if (ByRuntimeId(runtimeId) is { } own)
        {
            Remove(own.DockerName);
        }

        return _foreign.TryRemove(runtimeId, out _);
    }

    private DiskSpace? Measure() => DiskBytes is { } bytes ? new DiskSpace(bytes, bytes - Images.Values.DistinctBy(i => i.Id).Sum(i => i.SizeBytes)) : null;

    private static string StateOf(FakeContainer container) => container.State switch
    {
        ObservedState.Running => "running",
        ObservedState.Stopped => "exited",
        _ => "created",
    };
}
