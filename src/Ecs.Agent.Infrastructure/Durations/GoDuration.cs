using System.Diagnostics.CodeAnalysis;

namespace Ecs.Agent.Infrastructure.Durations;

/// <summary>
/// Durations as the documented variables spell them: <c>10m</c>, <c>1h30m</c>, <c>1.5s</c>. No white space, case-sensitive units, parts in
/// any order and summed, a sign only at the very start, fractions below a nanosecond cut off.
/// </summary>
public static partial class GoDuration
{
    /// <summary>The range is that of a signed 64-bit count of nanoseconds, about ±292 years; beyond it is an error, never a wrap.</summary>
    public static bool TryParse(string text, out TimeSpan duration, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        duration = default;
        if (!TryParseNanoseconds(text, out var nanoseconds, out problem))
        {
            return false;
        }

        duration = TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick);
        return true;
    }

    internal static bool TryParseNanoseconds(string text, out long nanoseconds, [NotNullWhen(false)] out string? problem)
    {
        nanoseconds = 0;
        problem = null;
        var rest = text.AsSpan();
        var negative = rest.StartsWith("-");
        if (negative || rest.StartsWith("+"))
        {
            rest = rest[1..];
        }

        if (rest.Length == 0)
        {
            problem = "is not a duration";
            return false;
        }

        if (rest.SequenceEqual("0"))
        {
            return true;
        }

        Int128 total = 0;
        while (rest.Length > 0)
        {
            if (!TryTakePart(ref rest, out var part, out problem))
            {
                return false;
            }

            total += part;
            if (total > (Int128)long.MaxValue + 1)
            {
                problem = "is out of range";
                return false;
            }
        }

        total = negative ? -total : total;
        if (total > long.MaxValue)
        {
            problem = "is out of range";
            return false;
        }

        nanoseconds = (long)total;
        return true;
    }

    private static bool TryTakePart(ref ReadOnlySpan<char> rest, out Int128 nanoseconds, [NotNullWhen(false)] out string? problem)
    {
        nanoseconds = 0;
        problem = null;
        var whole = TakeDigits(ref rest);
        scoped ReadOnlySpan<char> fraction = default;
        if (rest.StartsWith("."))
        {
            rest = rest[1..];
            fraction = TakeDigits(ref rest);
        }

        if (whole.Length == 0 && fraction.Length == 0)
        {
            problem = "is not a duration";
            return false;
        }

        var unitName = TakeUnit(ref rest);
        if (unitName.Length == 0)
        {
            problem = "is missing a unit (ns, us, ms, s, m or h)";
            return false;
        }

        if (NanosecondsPer(unitName) is not { } unit)
        {
            problem = $"has the unknown unit '{unitName}'";
            return false;
        }

        if (!TryMultiply(whole, unit, out nanoseconds))
        {
            problem = "is out of range";
            return false;
        }

        nanoseconds += FractionOf(fraction, unit);
        return true;
    }

    private static ReadOnlySpan<char> TakeDigits(ref ReadOnlySpan<char> rest)
    {
        var end = 0;
        while (end < rest.Length && char.IsAsciiDigit(rest[end]))
        {
            end++;
        }

        var digits = rest[..end];
        rest = rest[end..];
        return digits;
    }

    private static ReadOnlySpan<char> TakeUnit(ref ReadOnlySpan<char> rest)
    {
        var end = 0;
        while (end < rest.Length && rest[end] != '.' && !char.IsAsciiDigit(rest[end]))
        {
            end++;
        }

        var unit = rest[..end];
        rest = rest[end..];
        return unit;
    }

    // The micro sign (U+00B5) and the Greek mu (U+03BC) are both in use.
    private static long? NanosecondsPer(ReadOnlySpan<char> unit) => unit switch
    {
        "ns" => 1,
        "us" or "\u00b5s" or "\u03bcs" => 1_000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        _ => null,
    };

    private static bool TryMultiply(ReadOnlySpan<char> digits, long unit, out Int128 nanoseconds)
    {
        nanoseconds = 0;
        var limit = (Int128)long.MaxValue + 1;
        foreach (var digit in digits)
        {
            nanoseconds = (nanoseconds * 10) + (digit - '0');
            if (nanoseconds > limit)
            {
                return false;
            }
        }

        nanoseconds *= unit;
        return nanoseconds <= limit;
    }

    private static Int128 FractionOf(ReadOnlySpan<char> digits, long unit)
    {
        // Eighteen digits are more than an hour has nanoseconds; what follows cannot count.
        Int128 value = 0;
        Int128 scale = 1;
        foreach (var digit in digits[..Math.Min(digits.Length, 18)])
        {
            value = (value * 10) + (digit - '0');
            scale *= 10;
        }

        return value * unit / scale;
    }
}
