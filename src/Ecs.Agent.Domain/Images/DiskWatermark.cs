using System.Globalization;

namespace Ecs.Agent.Domain.Images;

/// <summary>How much of the images' disk is to stay free: an amount, or a share of the disk.</summary>
public sealed record DiskWatermark
{
    private DiskWatermark(long bytes, double percent)
    {
        Bytes = bytes;
        Percent = percent;
    }

    /// <summary>The amount; 0 when it is a share.</summary>
    public long Bytes { get; }

    /// <summary>The share, above 0 and below 100; 0 when it is an amount.</summary>
    public double Percent { get; }

    public static DiskWatermark OfBytes(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes);
        return new DiskWatermark(bytes, 0);
    }

    public static DiskWatermark OfPercent(double percent)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(percent);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(percent, 100);
        return new DiskWatermark(0, percent);
    }

    /// <summary>How many bytes have to be freed so that the mark still holds when the pulls under way are done; 0 when it does.</summary>
    /// <param name="disk">The disk as it is.</param>
    /// <param name="comingBytes">What the pulls under way will still write, as far as that is known.</param>
    public long Shortage(DiskSpace disk, long comingBytes) => Math.Max(0, MinimumFree(disk.TotalBytes) + comingBytes - disk.FreeBytes);

    public override string ToString() => Percent > 0
        ? Percent.ToString("0.##", CultureInfo.InvariantCulture) + "%"
        : Bytes.ToString(CultureInfo.InvariantCulture) + " bytes";

    private long MinimumFree(long totalBytes) => Percent > 0 ? (long)(totalBytes / 100.0 * Percent) : Bytes;
}
