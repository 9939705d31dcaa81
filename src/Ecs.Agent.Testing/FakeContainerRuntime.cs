using System.Collections.Immutable;
using System.Globalization;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;

namespace Ecs.Agent.Testing;

/// <summary>
/// A container runtime in memory: keeps the promises of the ports (every operation may be repeated), records what it was asked, and lets a
/// test hold, fail and observe each operation and play what happens to containers by themselves. Takes no time of its own.
/// </summary>
/// <param name="time">Stamps what happens, and times the grace period of containers that ignore the stop signal.</param>
public sealed partial class FakeContainerRuntime(TimeProvider time)
    : IContainerRuntime, IImageStore, IVolumeStore, IContainerEvents, IContainerLogs, IPauseImage
{
    private readonly Lock _lock = new();
    private readonly ChangeSignal _changed = new();
    private readonly List<RuntimeHold> _holds = [];
    private readonly List<PlannedFailure> _failures = [];
    private ImmutableList<RuntimeCall> _calls = [];
    private ImmutableDictionary<string, FakeContainer> _containers = ImmutableDictionary<string, FakeContainer>.Empty;
    private long _created;

    /// <summary>What it was asked, in order, failed and held calls included.</summary>
    public ImmutableList<RuntimeCall> Calls => Volatile.Read(ref _calls);

    /// <summary>The containers that there are, by their name in Docker.</summary>
    public ImmutableDictionary<string, FakeContainer> Containers => Volatile.Read(ref _containers);

    /// <summary>While true every call fails as if the daemon were down.</summary>
    public bool Unreachable { get; set; }

    /// <summary>
    /// Called at the begin of each start with the container's definition; an exit code lets the container end before it is looked at.
    /// </summary>
    public Func<ContainerDefinition, int?> ExitOnStart { get; set; } = _ => null;

    /// <summary>Whether a container ignores the stop signal, so that it is killed (exit code 137) after its grace period.</summary>
    public Func<ContainerDefinition, bool> IgnoresStopSignal { get; set; } = _ => false;

    /// <summary>Holds matching calls, before they have any effect.</summary>
    public RuntimeHold Hold(Func<RuntimeCall, bool> matches)
    {
        ArgumentNullException.ThrowIfNull(matches);
        var hold = new RuntimeHold(matches);
        lock (_lock)
        {
            _holds.Add(hold);
        }

        return hold;
    }

    /// <inheritdoc cref="Hold(Func{RuntimeCall, bool})"/>
    public RuntimeHold Hold(RuntimeOperation operation, string? container = null) =>
        Hold(call => call.Operation == operation && (container is null || call.Container == container));

    /// <summary>Lets the next <paramref name="times"/> matching calls fail.</summary>
    /// <param name="matches">Which.</param>
    /// <param name="failure">How.</param>
    /// <param name="times">How often.</param>
    /// <param name="afterEffect">Whether the operation takes effect all the same and only its answer is lost.</param>
    public void Fail(Func<RuntimeCall, bool> matches, RuntimeException failure, int times = 1, bool afterEffect = false)
    {
        ArgumentNullException.ThrowIfNull(matches);
        ArgumentNullException.ThrowIfNull(failure);
        lock (_lock)
        {
            _failures.Add(new PlannedFailure(matches, failure, afterEffect) { Left = times });
        }
    }

    /// <inheritdoc cref="Fail(Func{RuntimeCall, bool}, RuntimeException, int, bool)"/>
    public void Fail(
        RuntimeOperation operation,
        string errorName,
        string message,
        RuntimeFailureKind kind = RuntimeFailureKind.Permanent,
        string? container = null,
        int times = 1,
        bool afterEffect = false) =>
        Fail(
            call => call.Operation == operation && (container is null || call.Container == container),
            new RuntimeException(new ContainerError(errorName, message), kind),
            times,
            afterEffect);

    /// <summary>Waits until the condition over <see cref="Calls"/> and <see cref="Containers"/> holds.</summary>
    public Task WaitForAsync(Func<FakeContainerRuntime, bool> condition, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return _changed.WaitForAsync(() => condition(this), cancellationToken);
    }

    /// <summary>The container of that name in that task.</summary>
    public FakeContainer Find(string taskArn, string name) =>
        Containers.Values.Single(container => container.TaskArn == taskArn && container.Name == name);

    /// <summary>Lets a running container end.</summary>
    /// <param name="dockerName">Which.</param>
    /// <param name="exitCode">Its exit code.</param>
    /// <param name="oom">Whether the kernel killed it for its memory.</param>
    /// <param name="silently">Whether the event is lost.</param>
    public void Exit(string dockerName, int exitCode, bool oom = false, bool silently = false)
    {
        var ended = Change(dockerName, container => Ended(container, exitCode) with { OomKilled = oom });
        if (!silently)
        {
            Publish(new RuntimeEvent.Ended(ended.RuntimeId));
        }
    }

    /// <summary>Starts an ended container behind the agent's back.</summary>
    public void StartAgain(string dockerName)
    {
        var now = time.GetUtcNow();
        var started = Change(dockerName, c => c with { State = ObservedState.Running, FinishedAt = null, ExitCode = null });
        Publish(new RuntimeEvent.Started(started.RuntimeId, now));
    }

    /// <summary>Removes the container behind the agent's back.</summary>
    public void Vanish(string dockerName, bool silently = false)
    {
        var gone = Containers[dockerName];
        Forget(dockerName);
        if (!silently)
        {
            Publish(new RuntimeEvent.Ended(gone.RuntimeId));
        }
    }

    /// <summary>Lets the container's health check change its mind.</summary>
    public void SetHealth(string dockerName, HealthStatus health, bool silently = false)
    {
        var changed = Change(dockerName, container => container with { Health = health });
        if (!silently)
        {
            Publish(new RuntimeEvent.HealthChanged(changed.RuntimeId, health));
        }
    }

    public async Task<RuntimeInfo> GetInfoAsync(CancellationToken cancellationToken) =>
        await CallAsync(
            RuntimeOperation.GetInfo,
            "",
            () => new RuntimeInfo { ServerVersion = "20.10.24", ApiVersion = "1.41", SupportedApiVersions = ["1.17", "1.41"] },
            cancellationToken).ConfigureAwait(false);

    public async Task<string> CreateAsync(ContainerCreation creation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(creation);
        var call = NewCall(RuntimeOperation.CreateContainer, creation.DockerName, creation.Container.Name);
        return await CallAsync(call, () => GetOrCreate(creation).RuntimeId, cancellationToken).ConfigureAwait(false);
    }

    public async Task<ContainerObservation> StartAsync(ContainerHandle container, CancellationToken cancellationToken)
    {
        var call = CallOn(RuntimeOperation.StartContainer, container);
        return await CallAsync(call, () => Start(call.Subject), cancellationToken).ConfigureAwait(false);
    }

    public async Task<ContainerObservation> InspectAsync(ContainerHandle container, CancellationToken cancellationToken)
    {
        var call = CallOn(RuntimeOperation.InspectContainer, container);
        return await CallAsync(call, () => Observe(call.Subject), cancellationToken).ConfigureAwait(false);
    }

    public async Task<ContainerObservation> StopAsync(ContainerHandle container, TimeSpan gracePeriod, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(container);
        var call = CallOn(RuntimeOperation.StopContainer, container) with { GracePeriod = gracePeriod };
        var stubborn = IgnoresStopSignal(container.Definition);
        var failure = await EnterAsync(call, cancellationToken).ConfigureAwait(false);
        if (stubborn && Observe(call.Subject).State == ObservedState.Running)
        {
            await Task.Delay(gracePeriod, time, cancellationToken).ConfigureAwait(false);
        }

        var stopped = Stop(call.Subject, stubborn ? 137 : 143);
        _changed.Raise();
        return failure is null ? stopped : throw failure;
    }

    public async Task RemoveAsync(ContainerHandle container, CancellationToken cancellationToken)
    {
        var call = CallOn(RuntimeOperation.RemoveContainer, container);
        await CallAsync(call, () => Remove(call.Subject), cancellationToken).ConfigureAwait(false);
    }

    private RuntimeCall NewCall(RuntimeOperation operation, string subject, string? container = null) =>
        new(operation, subject, container, time.GetUtcNow());

    private RuntimeCall CallOn(RuntimeOperation operation, ContainerHandle handle)
    {
        ArgumentNullException.ThrowIfNull(handle);
        var dockerName = Containers.Values.FirstOrDefault(c => c.RuntimeId == handle.RuntimeId)?.DockerName ?? handle.RuntimeId;
        return NewCall(operation, dockerName, handle.Definition.Name);
    }

    private Task<T> CallAsync<T>(RuntimeOperation operation, string subject, Func<T> effect, CancellationToken cancellationToken) =>
        CallAsync(NewCall(operation, subject), effect, cancellationToken);

    private async Task<T> CallAsync<T>(RuntimeCall call, Func<T> effect, CancellationToken cancellationToken)
    {
        var failure = await EnterAsync(call, cancellationToken).ConfigureAwait(false);
        var result = effect();
        _changed.Raise();
        return failure is null ? result : throw failure;
    }

    /// <summary>Records the call, holds it, fails it. The failure that it gives is to be thrown after the effect.</summary>
    private async Task<RuntimeException?> EnterAsync(RuntimeCall call, CancellationToken cancellationToken)
    {
        ImmutableInterlocked.Update(ref _calls, calls => calls.Add(call));
        _changed.Raise();
        foreach (var hold in CurrentHolds())
        {
            await hold.PassAsync(call, cancellationToken).ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (Unreachable)
        {
            throw new RuntimeException(
                new ContainerError(NameFor(call.Operation), "Cannot connect to the Docker daemon"), RuntimeFailureKind.Unreachable);
        }

        var failure = TakeFailure(call);
        return failure is null or { AfterEffect: true } ? failure?.Failure : throw failure.Failure;
    }

    private ImmutableArray<RuntimeHold> CurrentHolds()
    {
        lock (_lock)
        {
            return [.. _holds];
        }
    }

    private PlannedFailure? TakeFailure(RuntimeCall call)
    {
        lock (_lock)
        {
            var failure = _failures.Find(f => f.Left > 0 && f.Matches(call));
            if (failure is not null)
            {
                failure.Left--;
            }

            return failure;
        }
    }

    private FakeContainer GetOrCreate(ContainerCreation creation) => ImmutableInterlocked.GetOrAdd(
        ref _containers,
        creation.DockerName,
        _ => new FakeContainer
        {
            RuntimeId = Interlocked.Increment(ref _created).ToString("x64", CultureInfo.InvariantCulture),
            Creation = creation,
            CreatedAt = time.GetUtcNow(),
        });

    private ContainerObservation Start(string dockerName)
    {
        if (!Containers.TryGetValue(dockerName, out var found))
        {
            throw NoSuchContainer(ContainerErrorNames.CannotStartContainer, dockerName);
        }

        if (found.State == ObservedState.Running)
        {
            return found.Observe();
        }

        var now = time.GetUtcNow();
        var started = Change(
            dockerName,
            c => c with
            {
                State = ObservedState.Running,
                StartedAt = now,
                FinishedAt = null,
                ExitCode = null,
                OomKilled = false,
                Starts = c.Starts + 1,
            });
        Publish(new RuntimeEvent.Started(started.RuntimeId, now));
        if (ExitOnStart(started.Creation.Container) is { } exitCode)
        {
            Exit(dockerName, exitCode);
        }

        return Observe(dockerName);
    }

    private ContainerObservation Observe(string dockerName) =>
        Containers.TryGetValue(dockerName, out var container)
            ? container.Observe()
            : new ContainerObservation { State = ObservedState.Missing };

    private ContainerObservation Stop(string dockerName, int exitCode)
    {
        if (Observe(dockerName).State == ObservedState.Running)
        {
            Exit(dockerName, exitCode);
        }

        return Observe(dockerName);
    }

    private FakeContainer? Remove(string dockerName)
    {
        if (Containers.TryGetValue(dockerName, out var container) && container.State == ObservedState.Running)
        {
            throw new RuntimeException(
                new ContainerError(ContainerErrorNames.CannotRemoveContainer, "You cannot remove a running container"),
                RuntimeFailureKind.Permanent);
        }

        Forget(dockerName);
        return container;
    }

    private FakeContainer Change(string dockerName, Func<FakeContainer, FakeContainer> change)
    {
        ImmutableInterlocked.Update(ref _containers, containers => containers.SetItem(dockerName, change(containers[dockerName])));
        _changed.Raise();
        return Containers[dockerName];
    }

    private void Forget(string dockerName)
    {
        ImmutableInterlocked.TryRemove(ref _containers, dockerName, out _);
        _changed.Raise();
    }

    private FakeContainer Ended(FakeContainer container, int exitCode) => container with
    {
        State = ObservedState.Stopped,
        ExitCode = exitCode,
        FinishedAt = time.GetUtcNow(),
    };

    private static RuntimeException NoSuchContainer(string errorName, string dockerName) =>
        new(new ContainerError(errorName, $"Error response from daemon: No such container: {dockerName}"), RuntimeFailureKind.NotFound);

    private static string NameFor(RuntimeOperation operation) => operation switch
    {
        RuntimeOperation.FindImage or RuntimeOperation.ResolveDigest => ContainerErrorNames.CannotPullImageManifest,
        RuntimeOperation.PullImage => ContainerErrorNames.CannotPullContainer,
        RuntimeOperation.CreateVolume or RuntimeOperation.EnsureSharedVolume => ContainerErrorNames.CannotCreateVolume,
        RuntimeOperation.RemoveVolume => ContainerErrorNames.CannotRemoveVolume,
        RuntimeOperation.CreateContainer or RuntimeOperation.EnsurePauseImage => ContainerErrorNames.CannotCreateContainer,
        RuntimeOperation.StartContainer => ContainerErrorNames.CannotStartContainer,
        RuntimeOperation.StopContainer => ContainerErrorNames.CannotStopContainer,
        RuntimeOperation.RemoveContainer => ContainerErrorNames.CannotRemoveContainer,
        RuntimeOperation.ReadLogs => ContainerErrorNames.CannotDescribeContainer,
        RuntimeOperation.InspectContainer or RuntimeOperation.GetInfo or RuntimeOperation.MeasureDisk =>
            ContainerErrorNames.CannotInspectContainer,
        RuntimeOperation.ListImages => "CannotListImagesError",
        RuntimeOperation.DeleteImage => "CannotRemoveImageError",
        RuntimeOperation.ListContainers => ContainerErrorNames.CannotListContainers,
    };

    private sealed record PlannedFailure(Func<RuntimeCall, bool> Matches, RuntimeException Failure, bool AfterEffect)
    {
        public int Left { get; set; }
    }
}
