using Ecs.Agent.Domain.Images;

namespace Ecs.Agent.Application.Checkpoints;

/// <summary>For an agent without checkpoints.</summary>
internal sealed class NoImageLedgerStore : IImageLedgerStore
{
    public ImageLedger Load() => ImageLedger.Empty;

    public ValueTask SaveAsync(ImageLedger ledger, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
