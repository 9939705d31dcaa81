namespace Ecs.Agent.LocalControlPlane.Tests;

/// <summary>Ids that count up, so that runs repeat.</summary>
internal sealed class SampleIds
{
    private int _last;

    public Guid Next() => new(Interlocked.Increment(ref _last), 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]);
}
