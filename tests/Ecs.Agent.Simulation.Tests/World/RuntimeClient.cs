using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Images;
using Ecs.Agent.Domain.Registries;
using Ecs.Agent.Domain.Tasks;
using Ecs.Agent.Simulation.Tests.Scenarios;

namespace Ecs.Agent.Simulation.Tests.World;

/// <summary>
/// The daemon as one life of the agent reaches it. Each call takes some time to arrive, has its effect, and takes some time to come back;
/// on the way it goes wrong as the scenario says.
/// </summary>
internal sealed class RuntimeClient(SimulatedWorld world, AgentLife life)
    : IContainerRuntime, IImageStore, IHostContainers, IImageDisk, IVolumeStore, IContainerEvents, IContainerSurvey
{
    private readonly Channel<RuntimeEvent> _hints = Channel.CreateUnbounded<RuntimeEvent>();

    public Task<RuntimeInfo> GetInfoAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new RuntimeInfo { ServerVersion = "1", ApiVersion = "1.41" });

    public Task<string> CreateAsync(ContainerCreation creation, CancellationToken cancellationToken)
    {
        world.Laws.OnCreateAsked(creation);
        return CallAsync(
            RuntimeCallKind.Create,
            Label(creation.DockerName, creation),
            () => world.Docker.Create(creation),
            () => world.Docker.Find(creation.DockerName)?.RuntimeId ?? throw Missing(ContainerErrorNames.CannotInspectContainer),
            cancellationToken);
    }

    public Task<ContainerObservation> StartAsync(ContainerHandle container, CancellationToken cancellationToken)
    {
        world.Laws.OnStartAsked(world.Docker.Find(container.RuntimeId));
        return CallAsync(
            RuntimeCallKind.Start,
            Label(container.RuntimeId),
            () => world.Docker.Start(container.RuntimeId),
            () => Observe(container),
            cancellationToken);
    }

    public Task<ContainerObservation> InspectAsync(ContainerHandle container, CancellationToken cancellationToken) =>
        CallAsync(RuntimeCallKind.Inspect, Label(container.RuntimeId), () => { }, () => Observe(container), cancellationToken);

    public Task<ContainerObservation> StopAsync(ContainerHandle container, TimeSpan gracePeriod, CancellationToken cancellationToken)
    {
        world.Laws.OnStopAsked(world.Docker.Find(container.RuntimeId));
        return CallAsync(
            RuntimeCallKind.Stop,
            Label(container.RuntimeId),
            () => world.Docker.Signal(Existing(container.RuntimeId, ContainerErrorNames.CannotStopContainer), gracePeriod),
            () => Observe(container),
            cancellationToken,
            until: () => world.Docker.Find(container.RuntimeId));
    }

    public Task RemoveAsync(ContainerHandle container, CancellationToken cancellationToken)
    {
        world.Laws.OnRemoveAsked(world.Docker.Find(container.RuntimeId));
        return CallAsync(
            RuntimeCallKind.Remove,
            Label(container.RuntimeId),
            () => Remove(container.RuntimeId),
            () => true,
            cancellationToken);
    }

    public Task<LocalImage?> FindAsync(string image, CancellationToken cancellationToken) => CallAsync(
        RuntimeCallKind.FindImage,
        image,
        () => { },
        () => world.Images.Describe(image),
        cancellationToken);

    public Task<string?> ResolveDigestAsync(string image, RegistryLogin? login, CancellationToken cancellationToken) => CallAsync(
        RuntimeCallKind.ResolveDigest,
        image,
        () => world.Images.Digest(image),
        () => (string?)world.Images.Digest(image),
        cancellationToken);

    public Task PullAsync(
        string image, string? digest, RegistryLogin? login, IProgress<PullProgress>? progress, CancellationToken cancellationToken)
    {
        if (life.IsDead || cancellationToken.IsCancellationRequested)
        {
            return cancellationToken.IsCancellationRequested ? Task.FromCanceled(cancellationToken) : AgentLife.Never<bool>();
        }

        world.Laws.OnPullAsked(image, digest);
        var pull = world.Images.Begin(image, digest);
        return CallAsync(
            RuntimeCallKind.Pull,
            image,
            () => world.Images.Complete(pull),
            () => true,
            cancellationToken,
            onWay: fraction => Advance(pull, fraction, progress),
            onOver: () => world.Images.End(pull));
    }

    public Task<ImmutableArray<HostImage>> ListAsync(CancellationToken cancellationToken) =>
        CallAsync(RuntimeCallKind.ListImages, "", () => { }, () => world.Images.List(), cancellationToken);

    public Task DeleteAsync(string nameOrId, CancellationToken cancellationToken)
    {
        world.Laws.OnDeleteAsked(nameOrId);
        return CallAsync(
            RuntimeCallKind.DeleteImage,
            nameOrId,
            () =>
            {
                world.Laws.OnDelete(nameOrId);
                world.Images.Delete(nameOrId);
            },
            () => true,
            cancellationToken);
    }

    public Task<ImmutableArray<SurveyedContainer>> FindAsync(CancellationToken cancellationToken) =>
        CallAsync(RuntimeCallKind.Survey, "", () => { }, () => world.Docker.Survey(), cancellationToken);

    public Task<ImmutableArray<HostContainer>> ListAllAsync(CancellationToken cancellationToken) =>
        CallAsync(RuntimeCallKind.ListContainers, "", () => { }, () => world.Docker.ListContainers(), cancellationToken);

    public Task<DateTimeOffset?> EndedAtAsync(string runtimeId, CancellationToken cancellationToken) => CallAsync(
        RuntimeCallKind.Inspect,
        Label(runtimeId),
        () => { },
        () => world.Docker.Find(runtimeId)?.FinishedAt ?? world.Docker.Foreign.Find(c => c.Id == runtimeId)?.EndedAt,
        cancellationToken);

    public Task DiscardAsync(string runtimeId, CancellationToken cancellationToken)
    {
        world.Laws.OnDiscardAsked(runtimeId);
        return CallAsync(RuntimeCallKind.Remove, Label(runtimeId), () => Discard(runtimeId), () => true, cancellationToken);
    }

    public Task<DiskSpace?> MeasureAsync(CancellationToken cancellationToken) =>
        life.IsDead ? AgentLife.Never<DiskSpace?>() : Task.FromResult<DiskSpace?>(world.Images.Measure());

    public Task CreateAsync(TaskVolume.TaskScoped volume, CancellationToken cancellationToken) => CallAsync(
        RuntimeCallKind.MakeVolume, volume.DockerName, () => world.Docker.MakeVolume(volume.DockerName), () => true, cancellationToken);

    public Task EnsureSharedAsync(TaskVolume.Shared volume, CancellationToken cancellationToken) => CallAsync(
        RuntimeCallKind.MakeVolume, volume.Name, () => world.Docker.MakeVolume(volume.Name), () => true, cancellationToken);

    public Task RemoveAsync(string dockerName, CancellationToken cancellationToken) => CallAsync(
        RuntimeCallKind.RemoveVolume, dockerName, () => world.Docker.RemoveVolume(dockerName), () => true, cancellationToken);

    /// <summary>Somebody tells this agent that something happened.</summary>
    public void Tell(RuntimeEvent hint) => _hints.Writer.TryWrite(hint);

    public async IAsyncEnumerable<RuntimeEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new RuntimeEvent.Resync();
        await foreach (var hint in _hints.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            if (life.IsDead)
            {
                yield break;
            }

            yield return hint;
        }
    }

    /// <param name="call">What is asked.</param>
    /// <param name="subject">Of what.</param>
    /// <param name="effect">Happens on the daemon; what it throws is the answer.</param>
    /// <param name="answer">What the daemon says when it is done.</param>
    /// <param name="cancellationToken">Gives up waiting; the effect is not undone.</param>
    /// <param name="until">For stops: the container that must have ended first.</param>
    /// <param name="onWay">For pulls: so much of it has happened.</param>
    /// <param name="onOver">For pulls: nobody waits for it any more.</param>
    private Task<T> CallAsync<T>(
        RuntimeCallKind call, string subject, Action effect, Func<T> answer, CancellationToken cancellationToken,
        Func<DockerContainer?>? until = null, Action<double>? onWay = null, Action? onOver = null)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        if (life.Enter($"{call} {subject}") is not { } number)
        {
            return AgentLife.Never<T>();
        }

        var pending = new Pending<T>(this, number, call, subject, answer, onOver);
        var nth = world.NthOf(call);
        var fault = world.FaultOf(call, nth);
        cancellationToken.Register(() => pending.Cancel(cancellationToken));
        var key = $"{call} {subject}";
        var there = world.Chance.Between(0, 30, key, nth);
        var back = world.Chance.Between(0, world.Chance.Of($"{key} is slow", nth) < 0.1 ? 2000 : 20, $"{key} back", nth);
        if (call == RuntimeCallKind.Pull)
        {
            there += world.Chance.Between(0, world.Chance.Of($"{key} is big", nth) < 0.1 ? 64_000 : 8000, key, nth);
        }

        if (call == RuntimeCallKind.DeleteImage)
        {
            // Time enough for a task to come that wants it.
            there += world.Chance.Between(0, 4000, key, nth);
        }

        void LastMoment()
        {
            if (world.Chance.Of($"{key} at death", nth) < 0.5)
            {
                Happen(effect);
            }
        }

        life.UnderWay.Add(LastMoment);
        var slow = fault == CallFault.Slow ? there + TimeSpan.FromSeconds(30) : there;
        if (onWay is not null)
        {
            PassOn(pending, slow, onWay);
        }

        world.Clock.After(slow, () =>
        {
            if (!life.IsDead)
            {
                life.UnderWay.Remove(LastMoment);
                Arrive(pending, fault, effect, back, until);
            }
        });
        return pending.Task;
    }

    private void PassOn<T>(Pending<T> pending, TimeSpan length, Action<double> onWay)
    {
        foreach (var fraction in new[] { 0.1, 0.3, 0.6, 0.9 })
        {
            world.Clock.After(length * fraction, () =>
            {
                if (!pending.IsOver && !world.Docker.IsAway)
                {
                    onWay(fraction);
                }
            });
        }
    }

    private void Advance(DaemonPull pull, double fraction, IProgress<PullProgress>? progress)
    {
        try
        {
            var value = world.Images.Advance(pull, fraction);
            world.Laws.OnPullAdvanced(pull);
            progress?.Report(value);
        }
        catch (RuntimeException)
        {
            // There is no such image: the answer says so.
        }
    }

    private void Discard(string runtimeId)
    {
        if (world.Docker.Foreign.RemoveAll(c => c.Id == runtimeId && !c.Runs) == 0)
        {
            Remove(runtimeId);
        }
    }

    private void Arrive<T>(Pending<T> pending, CallFault? fault, Action effect, TimeSpan back, Func<DockerContainer?>? until)
    {
        if (pending.IsOver && pending.Call is RuntimeCallKind.Pull or RuntimeCallKind.ResolveDigest)
        {
            return;
        }

        if (world.Docker.IsAway)
        {
            pending.Fail(RuntimeFailureKind.Unreachable, back);
            return;
        }

        switch (fault)
        {
            case CallFault.Refused:
                pending.Fail(RuntimeFailureKind.Permanent, back);
                return;
            case CallFault.ResetBefore:
                pending.Fail(RuntimeFailureKind.Temporary, back);
                return;
            case CallFault.HangsBefore:
                pending.Fail(RuntimeFailureKind.TimedOut, TimeSpan.FromSeconds(40));
                return;
        }

        try
        {
            effect();
        }
        catch (RuntimeException e)
        {
            pending.Fail(e, back);
            return;
        }

        if (!life.Survives(pending.Number))
        {
            return;
        }

        switch (fault)
        {
            case CallFault.ResetAfter:
                pending.Fail(RuntimeFailureKind.Temporary, back);
                break;
            case CallFault.HangsAfter:
                pending.Fail(RuntimeFailureKind.TimedOut, TimeSpan.FromSeconds(40));
                break;
            case CallFault.UnreachableAfter:
                pending.Fail(RuntimeFailureKind.Unreachable, back);
                break;
            default:
                if (until?.Invoke() is { Runs: true } container)
                {
                    container.OnEnd.Add(() => pending.Answer(back));
                }
                else
                {
                    pending.Answer(back);
                }

                break;
        }
    }

    private void Happen(Action effect)
    {
        try
        {
            if (!world.Docker.IsAway)
            {
                effect();
            }
        }
        catch (RuntimeException)
        {
            // Nobody is left to hear of it.
        }
    }

    private void Remove(string reference)
    {
        var container = Existing(reference, ContainerErrorNames.CannotRemoveContainer);
        if (container.Runs)
        {
            throw new RuntimeException(
                new ContainerError(ContainerErrorNames.CannotRemoveContainer, "It runs"), RuntimeFailureKind.Permanent);
        }

        world.Docker.Remove(container, byForce: false);
    }

    private ContainerObservation Observe(ContainerHandle container) =>
        world.Docker.Find(container.RuntimeId)?.Observe() ?? new ContainerObservation { State = ObservedState.Missing };

    private DockerContainer Existing(string reference, string error) =>
        world.Docker.Find(reference) is { State: not ObservedState.Missing } container ? container : throw Missing(error);

    private static RuntimeException Missing(string error) =>
        new(new ContainerError(error, "No such container"), RuntimeFailureKind.NotFound);

    private string Label(string reference, ContainerCreation? creation = null) =>
        creation is not null ? $"{creation.Task.Id}/{creation.Container.Name}" : world.Docker.Find(reference)?.Label ?? reference;

    private sealed class Pending<T>(RuntimeClient client, int number, RuntimeCallKind call, string subject, Func<T> answer, Action? onOver)
    {
        private readonly TaskCompletionSource<T> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Number => number;

        public RuntimeCallKind Call => call;

        public Task<T> Task => _source.Task;

        public bool IsOver => _source.Task.IsCompleted || client.Life.IsDead;

        public void Cancel(CancellationToken cancellationToken)
        {
            if (!client.Life.IsDead && _source.TrySetCanceled(cancellationToken))
            {
                onOver?.Invoke();
                client.World.Trace.Add($"  {call} {subject}: given up");
            }
        }

        public void Fail(RuntimeFailureKind kind, TimeSpan delay) => Fail(new RuntimeException(ErrorOf(kind), kind), delay);

        public void Fail(RuntimeException e, TimeSpan delay) => Return(delay, () => _source.TrySetException(e), e.Kind.ToString());

        /// <summary>What the answer says is true at half of the time; when it arrives it may be so no longer.</summary>
        public void Answer(TimeSpan delay) => client.World.Clock.After(delay / 2, () =>
        {
            if (client.World.Docker.IsAway)
            {
                Fail(RuntimeFailureKind.Unreachable, delay / 2);
                return;
            }

            try
            {
                var value = answer();
                Return(delay / 2, () => _source.TrySetResult(value), value is ContainerObservation o ? o.State.ToString() : "done");
            }
            catch (RuntimeException e)
            {
                Fail(e, delay / 2);
            }
        });

        private void Return(TimeSpan delay, Func<bool> set, string how) => client.World.Clock.After(delay, () =>
        {
            if (!client.Life.IsDead && set())
            {
                onOver?.Invoke();
                client.World.Trace.Add($"  {call} {subject}: {how}");
            }
        });

        private ContainerError ErrorOf(RuntimeFailureKind kind) => new(
            kind == RuntimeFailureKind.TimedOut ? ContainerErrorNames.DockerTimeout : $"Cannot{call}Error", $"{kind} in the simulation");
    }

    private SimulatedWorld World => world;

    private AgentLife Life => life;
}
