using Ecs.Agent.Application.Checkpoints;

namespace Ecs.Agent.Infrastructure.Tests.ControlPlane.Acs;

/// <summary>Keeps the number, or refuses to.</summary>
internal sealed class RecordedManifestNumber : ITaskManifestNumber
{
    public long Latest { get; set; } = -1;

    public bool Refuses { get; set; }

    public ValueTask SaveAsync(long number, CancellationToken cancellationToken)
    {
        if (Refuses)
        {
            throw new CheckpointException(CheckpointFailureKind.DiskFull, "the disk is full");
        }

        Latest = number;
        return ValueTask.CompletedTask;
    }
}
