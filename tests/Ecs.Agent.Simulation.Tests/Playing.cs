namespace Ecs.Agent.Simulation.Tests;

/// <summary>Which seed is being played, and since when.</summary>
internal sealed class Playing
{
    private readonly Lock _lock = new();
    private (int Seed, long Since)? _now;

    public void Begin(int seed)
    {
        lock (_lock)
        {
            _now = (seed, Environment.TickCount64);
        }
    }

    /// <summary>The seed that has been played for longer than that, or null.</summary>
    public int? LongerThan(TimeSpan patience)
    {
        lock (_lock)
        {
            return _now is { } now && Environment.TickCount64 - now.Since > patience.TotalMilliseconds ? now.Seed : null;
        }
    }
}
