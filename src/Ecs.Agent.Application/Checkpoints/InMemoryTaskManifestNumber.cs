namespace Ecs.Agent.Application.Checkpoints;

/// <summary>For an agent without checkpoints.</summary>
internal sealed class InMemoryTaskManifestNumber : ITaskManifestNumber
{
    public long Latest { get; private set; } = -1;

    public ValueTask SaveAsync(long number, CancellationToken cancellationToken)
    {
        Latest = number;
        return ValueTask.CompletedTask;
    }
}
