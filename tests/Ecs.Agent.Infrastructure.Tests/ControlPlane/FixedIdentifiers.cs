using Ecs.Agent.Application.Identity;

namespace Ecs.Agent.Infrastructure.Tests.ControlPlane;

/// <summary>Chance without surprises: one fraction, and counted name suffixes.</summary>
internal sealed class FixedIdentifiers(double fraction = 0) : IIdentifiers
{
    private int _names;

    public string NameSuffix() => Interlocked.Increment(ref _names).ToString("x20");

    public Guid Uuid() => Guid.Empty;

    public double NextFraction() => fraction;
}
