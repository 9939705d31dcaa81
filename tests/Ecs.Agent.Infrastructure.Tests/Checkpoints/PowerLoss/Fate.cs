namespace Ecs.Agent.Infrastructure.Tests.Checkpoints.PowerLoss;

/// <summary>What becomes of a change that was not synced when the power went.</summary>
internal enum Fate
{
    Lost,
    Kept,
    Torn,
}
