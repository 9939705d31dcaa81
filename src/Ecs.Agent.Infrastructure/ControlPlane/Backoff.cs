namespace Ecs.Agent.Infrastructure.ControlPlane;

/// <summary>Exponential back-off as the ECS agent counts it.</summary>
internal static class Backoff
{
    /// <param name="minimum">The first delay.</param>
    /// <param name="maximum">No delay grows beyond it, but for the jitter.</param>
    /// <param name="factor">What each delay is multiplied with.</param>
    /// <param name="jitterShare">The largest share of a delay that is added to it; nothing is ever taken away.</param>
    /// <param name="failures">How many delays have been waited for already; 0 gives the first.</param>
    /// <param name="jitter">From 0 to 1.</param>
    public static TimeSpan Delay(
        TimeSpan minimum, TimeSpan maximum, double factor, double jitterShare, int failures, double jitter)
    {
        var grown = minimum.TotalMilliseconds * Math.Pow(factor, failures);
        var bounded = Math.Min(grown, maximum.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(bounded * (1 + (jitterShare * jitter)));
    }
}
