using System.Globalization;

namespace Ecs.Agent.Domain.Explaining;

/// <summary>Times, sizes, places and lists as people read them.</summary>
internal static class Phrases
{
    /// <summary><c>22:41:07 UTC</c>, with its date when that is not today's.</summary>
    public static string Time(DateTimeOffset time, DateTimeOffset now)
    {
        var utc = time.ToUniversalTime();
        var format = utc.Date == now.ToUniversalTime().Date ? "HH:mm:ss 'UTC'" : "yyyy-MM-dd HH:mm:ss 'UTC'";
        return utc.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary><c>since 22:41:07 UTC (2 min 5 s)</c></summary>
    public static string Since(DateTimeOffset time, DateTimeOffset now) => $"since {Time(time, now)} ({Duration(now - time)})";

    /// <summary><c>at 22:41:07 UTC (in 10 s)</c>; a time that has come is due now.</summary>
    public static string At(DateTimeOffset time, DateTimeOffset now) =>
        time > now ? $"at {Time(time, now)} (in {Duration(time - now)})" : $"at {Time(time, now)} (due now)";

    /// <summary><c>0.6 s</c>, <c>12 s</c>, <c>2 min 5 s</c>, <c>1 h 2 min</c>, <c>3 d 4 h</c></summary>
    public static string Duration(TimeSpan duration) => duration switch
    {
        _ when duration < TimeSpan.Zero => "0 s",
        { TotalSeconds: < 10 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.#} s"),
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalSeconds} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalMinutes} min {duration.Seconds} s"),
        { TotalDays: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalHours} h {duration.Minutes} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalDays} d {duration.Hours} h"),
    };

    /// <summary>In MB, as registries and disks are sold.</summary>
    public static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB");

    /// <summary><c>1st</c>, <c>2nd</c>, <c>11th</c></summary>
    public static string Ordinal(int place)
    {
        var ending = (place % 100, place % 10) switch
        {
            (11 or 12 or 13, _) => "th",
            (_, 1) => "st",
            (_, 2) => "nd",
            (_, 3) => "rd",
            _ => "th",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{place}{ending}");
    }

    /// <summary><c>a</c>, <c>a and b</c>, <c>a, b and c</c></summary>
    public static string List(IReadOnlyList<string> names) => names.Count < 2
        ? string.Concat(names)
        : $"{string.Join(", ", names.Take(names.Count - 1))} and {names[^1]}";

    /// <summary>The id at the end of a task's ARN, by which a task is known to people.</summary>
    public static string TaskId(string arn) => arn[(arn.LastIndexOf('/') + 1)..];

    /// <summary>A status in the words of ECS: <c>MANIFEST_PULLED</c>.</summary>
    public static string Status<T>(T status)
        where T : struct, Enum => status.ToString() switch
        {
            "ManifestPulled" => "MANIFEST_PULLED",
            "ResourcesProvisioned" => "RESOURCES_PROVISIONED",
            { } name => name.ToUpperInvariant(),
        };
}
