using System.Globalization;
using System.Text;

namespace Ecs.Agent.Infrastructure.Durations;

/// <content>Writing durations, as ECS error texts have them.</content>
public static partial class GoDuration
{
    /// <summary>Such as <c>4m0s</c>, <c>2h0m0s</c>, <c>1.5s</c> or <c>100ms</c>.</summary>
    public static string Format(TimeSpan duration)
    {
        if (duration < TimeSpan.Zero)
        {
            return "-" + Format(duration.Negate());
        }

        if (duration < TimeSpan.FromSeconds(1))
        {
            return SubSecond(duration);
        }

        var text = new StringBuilder();
        var hours = (long)duration.TotalHours;
        if (hours > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{hours}h");
        }

        if (duration >= TimeSpan.FromMinutes(1))
        {
            text.Append(CultureInfo.InvariantCulture, $"{duration.Minutes}m");
        }

        var seconds = duration.Ticks % TimeSpan.TicksPerMinute / (decimal)TimeSpan.TicksPerSecond;
        return text.Append(CultureInfo.InvariantCulture, $"{seconds:0.#######}s").ToString();
    }

    private static string SubSecond(TimeSpan duration) => duration.Ticks switch
    {
        0 => "0s",
        < TimeSpan.TicksPerMicrosecond => string.Create(CultureInfo.InvariantCulture, $"{duration.Ticks * 100}ns"),
        < TimeSpan.TicksPerMillisecond => string.Create(CultureInfo.InvariantCulture, $"{duration.Ticks / 10m:0.#}\u00b5s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{duration.Ticks / (decimal)TimeSpan.TicksPerMillisecond:0.####}ms"),
    };
}
