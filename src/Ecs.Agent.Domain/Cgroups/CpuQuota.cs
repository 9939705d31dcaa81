namespace Ecs.Agent.Domain.Cgroups;

/// <summary>So much CPU time, of all CPUs together, in each period.</summary>
/// <param name="Time">The time, in whole microseconds.</param>
/// <param name="Period">The period: 8 to 100 ms.</param>
public sealed record CpuQuota(TimeSpan Time, TimeSpan Period)
{
    /// <summary>The quota of a task that may use so many CPUs.</summary>
    public static CpuQuota Of(double vcpu, TimeSpan period) =>
        new(TimeSpan.FromMicroseconds((long)(vcpu * (long)period.TotalMicroseconds)), period);

    /// <summary>The quota in each second, whatever the period, in microseconds.</summary>
    public long MicrosecondsPerSecond => (long)(Time.TotalMicroseconds * (TimeSpan.MicrosecondsPerSecond / Period.TotalMicroseconds));
}
