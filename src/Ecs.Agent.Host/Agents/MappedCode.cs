using System.Globalization;
using System.Runtime.InteropServices;

namespace Ecs.Agent.Host.Agents;

/// <summary>
/// The executable code that is mapped into this process. What ran once, at start, stays mapped for as long as the machine has memory to spare;
/// released, it is mapped again from the page cache at its next use, which takes microseconds and happens to what is really used only.
/// </summary>
internal static partial class MappedCode
{
    private const int DontNeed = 4;

    /// <summary>Releases it. Does nothing where the kernel does not say what is mapped.</summary>
    public static void Release()
    {
        foreach (var (start, length) in Mappings())
        {
            // Advice: a refusal changes nothing.
            _ = Advise(start, length, DontNeed);
        }
    }

    /// <summary>Only code from files, which nobody ever writes to: the kernel can always read it again.</summary>
    internal static (nint Start, nuint Length)? Parse(string line)
    {
        // 00405000-00f7e000 r-xp 00004000 fe:00 1234   /usr/bin/ecs-agent
        var fields = line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries);
        if (fields is not [var range, "r-xp", _, _, not "0", ['/', ..]] || range.Split('-') is not [var from, var to])
        {
            return null;
        }

        var start = nint.Parse(from, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (start, (nuint)(nint.Parse(to, NumberStyles.HexNumber, CultureInfo.InvariantCulture) - start));
    }

    private static IEnumerable<(nint Start, nuint Length)> Mappings()
    {
        try
        {
            return [.. File.ReadLines("/proc/self/maps").Select(Parse).OfType<(nint, nuint)>()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint address, nuint length, int advice);
}
