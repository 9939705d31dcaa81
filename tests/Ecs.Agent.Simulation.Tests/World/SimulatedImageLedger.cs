using Ecs.Agent.Application.Checkpoints;
using Ecs.Agent.Domain.Images;

namespace Ecs.Agent.Simulation.Tests.World;

/// <summary>The saved ledger of images. Nothing waits for it, so its saves are no calls that a kill could come between.</summary>
internal sealed class SimulatedImageLedger(ImageLedger old) : IImageLedgerStore
{
    private ImageLedger _ledger = old;

    public ImageLedger Load() => _ledger;

    public ValueTask SaveAsync(ImageLedger ledger, CancellationToken cancellationToken)
    {
        _ledger = ledger;
        return ValueTask.CompletedTask;
    }

    public void Lose() => _ledger = ImageLedger.Empty;
}
