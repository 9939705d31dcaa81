using System.Globalization;

namespace Ecs.Agent.Infrastructure.Hosts;

/// <summary>Reads the <c>Name: value</c> files of <c>/proc</c>.</summary>
internal static class ProcFile
{
    /// <summary>The value behind the name, without surrounding white space; null when there is no such line.</summary>
    public static string? Field(string text, string name)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.StartsWith(name, StringComparison.Ordinal) && line.Length > name.Length && line[name.Length] == ':')
            {
                return line[(name.Length + 1)..].Trim().ToString();
            }
        }

        return null;
    }

    /// <summary>How many CPUs a list such as <c>0-3,8,10-11</c> names; 0 when it is malformed.</summary>
    public static int CountCpus(string list)
    {
        var count = 0;
        foreach (var part in list.Split(',', StringSplitOptions.TrimEntries))
        {
            var ends = part.Split('-');
            if (ends.Length > 2 || !TryNumber(ends[0], out var first) || !TryNumber(ends[^1], out var last) || last < first)
            {
                return 0;
            }

            count += (int)(last - first + 1);
        }

        return count;
    }

    /// <summary><c>16315456 kB</c> in whole MiB; 0 when it is malformed.</summary>
    public static int KibibytesToMiB(string value) => TryNumber(value.Split(' ')[0], out var kibibytes) ? (int)(kibibytes / 1024) : 0;

    private static bool TryNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
