using System.Globalization;
using System.Text.RegularExpressions;

namespace Ecs.Agent.LocalControlPlane.TaskDefinitions;

/// <summary>
/// The task-level <c>cpu</c> and <c>memory</c> strings: CPU units or vCPU (<c>256</c>, <c>0.25 vCPU</c>), MiB or GB (<c>512</c>,
/// <c>0.5 GB</c>).
/// </summary>
public static partial class TaskSize
{
    /// <summary>CPU units in one vCPU.</summary>
    public const int CpuUnitsPerVCpu = 1024;

    private const int MiBPerGB = 1024;

    /// <summary>The CPU units (1024 = one vCPU) that <paramref name="text"/> stands for; null when it is not such a size.</summary>
    public static int? CpuUnits(string text) => Parse(text, VCpuFormat(), CpuUnitsPerVCpu);

    /// <summary>The MiB that <paramref name="text"/> stands for; null when it is not such a size.</summary>
    public static int? MemoryMiB(string text) => Parse(text, GigabyteFormat(), MiBPerGB);

    private static int? Parse(string text, Regex withUnit, int unit)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var plain))
        {
            return plain;
        }

        var match = withUnit.Match(text);
        return match.Success
            && decimal.TryParse(match.Groups[1].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            && amount * unit <= int.MaxValue ? (int)(amount * unit) : null;
    }

    [GeneratedRegex(@"^\s*(\d{0,9}(?:\.\d{1,9})?)\s*vcpu\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex VCpuFormat();

    [GeneratedRegex(@"^\s*(\d{0,9}(?:\.\d{1,9})?)\s*gb\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex GigabyteFormat();
}
