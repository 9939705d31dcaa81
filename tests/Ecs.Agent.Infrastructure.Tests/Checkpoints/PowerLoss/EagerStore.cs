using System.Collections.Immutable;
using Ecs.Agent.Application.Checkpoints;
using Ecs.Agent.Domain.Tasks;

namespace Ecs.Agent.Infrastructure.Tests.Checkpoints.PowerLoss;

/// <summary>A store as it must not be: it answers as soon as a save has begun.</summary>
internal sealed class EagerStore(ICheckpointStore store) : ICheckpointStore
{
    public async ValueTask SaveAsync(EcsTask task, CancellationToken cancellationToken)
    {
        await Task.Yield();
        _ = store.SaveAsync(task, CancellationToken.None).AsTask();
    }

    public ValueTask ForgetAsync(string taskArn, CancellationToken cancellationToken) => store.ForgetAsync(taskArn, cancellationToken);

    public ValueTask<ImmutableArray<EcsTask>> LoadAsync(CancellationToken cancellationToken) => store.LoadAsync(cancellationToken);
}
