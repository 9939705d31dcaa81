using System.Globalization;

namespace Ecs.Agent.Host.Presentation;

/// <summary>Durations and sizes as people read them.</summary>
internal static class Durations
{
    /// <summary><c>0.6 s</c>, <c>2 min 5 s</c>, <c>1 h 2 min</c></summary>
    public static string Describe(TimeSpan duration) => duration switch
    {
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0} s"),
        { TotalHours: < 1 } => $"{(int)duration.TotalMinutes} min {duration.Seconds} s",
        _ => $"{(int)duration.TotalHours} h {duration.Minutes} min",
    };
}
