using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using Ecs.Agent.Domain.Images;

namespace Ecs.Agent.Infrastructure.Configuration;

/// <summary>
/// How <c>ECS_IMAGE_DISK_MIN_FREE</c> is written: <c>10GiB</c>, <c>1.5TB</c>, <c>15%</c>. Units are B, kB, MB, GB, TB (powers of 1000) and
/// KiB, MiB, GiB, TiB (powers of 1024), in any case of letters; a unit is required.
/// </summary>
internal static partial class DiskWatermarkText
{
    private const double LargestBytes = 1L << 60;

    public static bool TryParse(string text, [NotNullWhen(true)] out DiskWatermark? mark)
    {
        mark = null;
        var match = Pattern().Match(text);
        if (!match.Success || !double.TryParse(match.Groups[1].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        var unit = match.Groups[2].Value;
        var bytes = unit == "%" ? 0 : number * Factor(unit);
        mark = unit == "%"
            ? number is > 0 and < 100 ? DiskWatermark.OfPercent(number) : null
            : bytes is >= 1 and <= LargestBytes ? DiskWatermark.OfBytes((long)bytes) : null;
        return mark is not null;
    }

    private static double Factor(string unit)
    {
        var exponent = 1 + "KMGT".IndexOf(char.ToUpperInvariant(unit[0]), StringComparison.Ordinal);
        return Math.Pow(unit.Contains('i', StringComparison.OrdinalIgnoreCase) ? 1024 : 1000, exponent);
    }

    [GeneratedRegex(@"\A([0-9]+(?:\.[0-9]+)?) ?(%|B|[KMGT]i?B)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
