namespace Ecs.Agent.Simulation.Tests.World;

/// <summary>What happened, line by line.</summary>
internal sealed class Trace(VirtualClock clock)
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines => _lines;

    public void Add(string what) => _lines.Add($"{clock.Elapsed.TotalSeconds,10:F6} {what}");

    public override string ToString() => string.Join(Environment.NewLine, _lines);
}
