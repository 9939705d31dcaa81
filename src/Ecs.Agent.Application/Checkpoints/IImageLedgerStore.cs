using Ecs.Agent.Domain.Images;

namespace Ecs.Agent.Application.Checkpoints;

/// <summary>
/// Keeps which images this agent has used. Only a memory: what is lost of it makes an image untracked or has it pulled once more.
/// </summary>
public interface IImageLedgerStore
{
    /// <summary>The ledger of the earlier life.</summary>
    ImageLedger Load();

    /// <summary>Saves what has changed; durable when it returns. Throws <see cref="CheckpointException"/>.</summary>
    ValueTask SaveAsync(ImageLedger ledger, CancellationToken cancellationToken);
}
