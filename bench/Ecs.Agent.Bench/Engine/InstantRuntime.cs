using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Images;
using Ecs.Agent.Domain.Registries;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Bench.Engine;

/// <summary>
/// A runtime that does everything at once and remembers no more than it must, so that what is measured is the engine. Unlike the fakes of
/// the tests it records nothing and searches nothing.
/// </summary>
/// <param name="endsAtOnce">Whether each container has ended, with 0, by the time that its start is looked at.</param>
internal sealed class InstantRuntime(bool endsAtOnce)
    : IContainerRuntime, IImageStore, IImageDisk, IHostContainers, IVolumeStore, IContainerEvents
{
    private static readonly LocalImage Image = new("sha256:i", [], ["AWS_REGION"], 1);

    private readonly ConcurrentDictionary<string, bool> _running = new(StringComparer.Ordinal);
    private long _created;

    public Task<RuntimeInfo> GetInfoAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new RuntimeInfo { ServerVersion = "20.10", ApiVersion = "1.41", SupportedApiVersions = [] });

    public Task<string> CreateAsync(ContainerCreation creation, CancellationToken cancellationToken) =>
        Task.FromResult(Interlocked.Increment(ref _created).ToString("x64", CultureInfo.InvariantCulture));

    public Task<ContainerObservation> StartAsync(ContainerHandle container, CancellationToken cancellationToken)
    {
        _running[container.RuntimeId] = !endsAtOnce;
        return InspectAsync(container, cancellationToken);
    }

    public Task<ContainerObservation> InspectAsync(ContainerHandle container, CancellationToken cancellationToken) =>
        Task.FromResult(Observe(container.RuntimeId, _running[container.RuntimeId]));

    public Task<ContainerObservation> StopAsync(ContainerHandle container, TimeSpan gracePeriod, CancellationToken cancellationToken)
    {
        _running[container.RuntimeId] = false;
        return InspectAsync(container, cancellationToken);
    }

    public Task RemoveAsync(ContainerHandle container, CancellationToken cancellationToken)
    {
        _running.TryRemove(container.RuntimeId, out _);
        return Task.CompletedTask;
    }

    public Task<LocalImage?> FindAsync(string image, CancellationToken cancellationToken) => Task.FromResult<LocalImage?>(Image);

    public Task<string?> ResolveDigestAsync(string image, RegistryLogin? login, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(null);

    public Task PullAsync(
        string image, string? digest, RegistryLogin? login, IProgress<PullProgress>? progress, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    public Task<ImmutableArray<HostImage>> ListAsync(CancellationToken cancellationToken) => Task.FromResult(ImmutableArray<HostImage>.Empty);

    public Task<DiskSpace?> MeasureAsync(CancellationToken cancellationToken) => Task.FromResult<DiskSpace?>(null);

    public Task<ImmutableArray<HostContainer>> ListAllAsync(CancellationToken cancellationToken) =>
        Task.FromResult(ImmutableArray<HostContainer>.Empty);

    public Task<DateTimeOffset?> EndedAtAsync(string runtimeId, CancellationToken cancellationToken) => Task.FromResult<DateTimeOffset?>(null);

    public Task DiscardAsync(string runtimeId, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task DeleteAsync(string nameOrId, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task CreateAsync(TaskVolume.TaskScoped volume, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task EnsureSharedAsync(TaskVolume.Shared volume, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task RemoveAsync(string dockerName, CancellationToken cancellationToken) => Task.CompletedTask;

    public async IAsyncEnumerable<RuntimeEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var none in Channel.CreateUnbounded<RuntimeEvent>().Reader.ReadAllAsync(cancellationToken))
        {
            yield return none;
        }
    }

    private static ContainerObservation Observe(string runtimeId, bool running) => new()
    {
        State = running ? ObservedState.Running : ObservedState.Stopped,
        RuntimeId = runtimeId,
        ExitCode = running ? null : 0,
        CreatedAt = DateTimeOffset.UnixEpoch,
        StartedAt = DateTimeOffset.UnixEpoch,
        FinishedAt = running ? null : DateTimeOffset.UnixEpoch,
        NetworkBindings = ImmutableArray<NetworkBinding>.Empty,
    };
}
