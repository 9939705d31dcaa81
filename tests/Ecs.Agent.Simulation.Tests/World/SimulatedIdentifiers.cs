using Ecs.Agent.Application.Identity;
using Ecs.Agent.Simulation.Tests.Scenarios;

namespace Ecs.Agent.Simulation.Tests.World;

/// <summary>Ids and chance of all lives of the agent together.</summary>
internal sealed class SimulatedIdentifiers(Chance chance) : IIdentifiers
{
    private int _suffixes;
    private int _fractions;

    public string NameSuffix() => (++_suffixes).ToString("x20");

    public Guid Uuid() => new(++_suffixes, 0, 0x4000, 0x80, 0, 0, 0, 0, 0, 0, 0);

    public double NextFraction() => chance.Of("fraction", _fractions++);
}
