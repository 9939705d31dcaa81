namespace Ecs.Agent.Infrastructure.ControlPlane.Acs;

/// <summary>When to connect again, by how the last connection ended. Pure.</summary>
/// <param name="Failures">Back-offs waited for since the last orderly end; the next one is longer.</param>
/// <param name="SilentEnds">Orderly ends in a row of connections on which nothing was heard.</param>
internal readonly record struct ReconnectPolicy(int Failures, int SilentEnds)
{
    /// <summary>
    /// A control plane that accepts and closes at once would otherwise be called in a tight loop. A rotation or two in a row stay
    /// immediate.
    /// </summary>
    private const int ToleratedSilentEnds = 5;

    private static readonly TimeSpan Minimum = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Maximum = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan InactiveWait = TimeSpan.FromHours(1);

    /// <param name="end">How it ended.</param>
    /// <param name="heardAnything">Whether a recognised message came over the connection.</param>
    /// <param name="jitter">From 0 to 1.</param>
    /// <returns>How long to wait, and the policy for the end after that.</returns>
    public (TimeSpan Delay, ReconnectPolicy Next) After(SessionEnd end, bool heardAnything, double jitter) => end switch
    {
        SessionEnd.InactiveInstance => (InactiveWait, this),
        SessionEnd.Closed { Code: 1000 or 1001 or 1011 } or SessionEnd.Dropped => Orderly(heardAnything, jitter),
        _ => BackOff(SilentEnds, jitter),
    };

    private (TimeSpan Delay, ReconnectPolicy Next) Orderly(bool heardAnything, double jitter)
    {
        var silent = heardAnything ? 0 : SilentEnds + 1;
        return silent <= ToleratedSilentEnds ? (TimeSpan.Zero, new ReconnectPolicy(0, silent)) : BackOff(silent, jitter);
    }

    private (TimeSpan Delay, ReconnectPolicy Next) BackOff(int silentEnds, double jitter)
    {
        // Beyond 2 minutes nothing grows; the bound keeps the power finite.
        var delay = Backoff.Delay(Minimum, Maximum, 1.5, 0.2, Math.Min(Failures, 32), jitter);
        return (delay, new ReconnectPolicy(Failures + 1, silentEnds));
    }
}
