using System.Globalization;
using Ecs.Agent.Application.Identity;

namespace Ecs.Agent.Testing;

/// <summary>Ids that count up and chance that always falls the same way, so that a test sees the same names each time.</summary>
public sealed class SequentialIdentifiers : IIdentifiers
{
    private long _last;

    /// <summary>What <see cref="NextFraction"/> gives: in [0, 1), 0 unless set.</summary>
    public double Fraction { get; set; }

    public string NameSuffix() => Interlocked.Increment(ref _last).ToString("x20", CultureInfo.InvariantCulture);

    public Guid Uuid() => new((int)Interlocked.Increment(ref _last), 0, 0x4000, 0x80, 0, 0, 0, 0, 0, 0, 0);

    public double NextFraction() => Fraction;
}
