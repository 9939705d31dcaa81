using System.Collections.Immutable;
using Ecs.Agent.Application.Checkpoints;
using Ecs.Agent.Application.Registration;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.KillPoints;

/// <summary>Kill points around the checkpoints of tasks.</summary>
internal sealed class FatalCheckpointStore(ICheckpointStore inner, KillPoints points, TaskNames names) : ICheckpointStore
{
    public ValueTask SaveAsync(EcsTask task, CancellationToken cancellationToken) => new(points.AroundAsync(
        $"save {names.Of(task)}",
        () => inner.SaveAsync(task, cancellationToken).AsTask(),
        string.Join(' ', task.Containers.Select(c => FormattableString.Invariant($"{c.Name}={c.Known},{c.Sent},{c.RestartCount}")))));

    public ValueTask ForgetAsync(string taskArn, CancellationToken cancellationToken) =>
        new(points.AroundAsync($"forget {names.Of(taskArn)}", () => inner.ForgetAsync(taskArn, cancellationToken).AsTask()));

    public async ValueTask<ImmutableArray<EcsTask>> LoadAsync(CancellationToken cancellationToken)
    {
        var tasks = await points.AroundAsync("load", () => inner.LoadAsync(cancellationToken).AsTask());
        foreach (var task in tasks)
        {
            points.Note($"loaded {names.Of(task)}");
        }

        return tasks;
    }
}

/// <summary>Kill points around the number of the task manifest.</summary>
internal sealed class FatalManifestNumber(ITaskManifestNumber inner, KillPoints points) : ITaskManifestNumber
{
    public long Latest => inner.Latest;

    public ValueTask SaveAsync(long number, CancellationToken cancellationToken) =>
        new(points.AroundAsync("save manifest", () => inner.SaveAsync(number, cancellationToken).AsTask()));
}

/// <summary>Kill points around the identity.</summary>
internal sealed class FatalIdentityStore(IIdentityStore inner, KillPoints points) : IIdentityStore
{
    public SavedIdentity? Load() => inner.Load();

    public PendingRegistration? LoadPending() => inner.LoadPending();

    public void Save(SavedIdentity identity) => Around("save identity", () => inner.Save(identity));

    public void SavePending(PendingRegistration registration) => Around("save pending-registration", () => inner.SavePending(registration));

    private void Around(string call, Action save) => points.AroundAsync(
        call,
        () =>
        {
            save();
            return Task.CompletedTask;
        }).GetAwaiter().GetResult();
}
