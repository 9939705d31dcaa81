using Ecs.Agent.Application.Checkpoints;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Application.Tasks.Images;

/// <summary>
/// Saves the ledger of images behind its changes: nothing waits for it, and a burst of them is one save. Restores it before any task goes on.
/// </summary>
internal sealed partial class ImageLedgerKeeper(
    ImageInventory inventory, IImageLedgerStore store, TimeProvider time, ILogger<ImageLedgerKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(30);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        inventory.Restore(store.Load());
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var saved = inventory.Ledger;
        while (true)
        {
            await inventory.ChangedSinceAsync(saved, stoppingToken).ConfigureAwait(false);
            var ledger = inventory.Ledger;
            try
            {
                await store.SaveAsync(ledger, stoppingToken).ConfigureAwait(false);
                saved = ledger;
            }
            catch (CheckpointException e)
            {
                LogNotSaved(e.Message);
                await Task.Delay(Again, time, stoppingToken).ConfigureAwait(false);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Which images were used cannot be saved yet, will try again: {Problem}")]
    private partial void LogNotSaved(string problem);
}
