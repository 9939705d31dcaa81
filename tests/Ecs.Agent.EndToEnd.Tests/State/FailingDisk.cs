using Ecs.Agent.EndToEnd.Tests.Processes;

namespace Ecs.Agent.EndToEnd.Tests.State;

/// <summary>
/// A disk that turns read-only under whoever has files open on it, as disks do: Linux refuses that to anybody who only asks for it, so the file
/// system is told that it has met an error. Needs root and loop devices.
/// </summary>
internal sealed class FailingDisk : IAsyncDisposable
{
    public const string Needs = "A disk that fails needs /dev/loop-control and mkfs.ext4.";

    private readonly string _folder = Directory.CreateTempSubdirectory("ecs-agent-failing-").FullName;
    private int _mounts;

    public static bool IsPossible => File.Exists("/dev/loop-control") && Formatter is not null;

    /// <summary>The data directory on it.</summary>
    public string Path => System.IO.Path.Combine(MountPoint, "data");

    /// <summary>It is not on everybody's path.</summary>
    private static string? Formatter { get; } = new[] { "/usr/sbin/mkfs.ext4", "/sbin/mkfs.ext4" }.FirstOrDefault(File.Exists);

    private string Image => System.IO.Path.Combine(_folder, "image");

    private string MountPoint => System.IO.Path.Combine(_folder, "disk");

    public static async Task<FailingDisk> MountAsync()
    {
        var disk = new FailingDisk();
        await using (var image = File.Create(disk.Image))
        {
            image.SetLength(16 << 20);
        }

        Directory.CreateDirectory(disk.MountPoint);
        await CommandLine.RunAsync(Formatter!, ["-q", "-F", disk.Image]);
        await disk.MountAsync("-o", "loop,errors=remount-ro", disk.Image);
        return disk;
    }

    /// <summary>From now on nothing can be written.</summary>
    public void Fail()
    {
        var device = File.ReadLines("/proc/mounts").Select(line => line.Split(' ')).Last(mount => mount[1] == MountPoint)[0];
        File.WriteAllText($"/sys/fs/ext4/{System.IO.Path.GetFileName(device)}/trigger_fs_error", "1");
    }

    /// <summary>Another disk, an empty one, in the same place.</summary>
    public Task ReplaceAsync() => MountAsync("-t", "tmpfs", "-o", "size=8m", "tmpfs");

    public async ValueTask DisposeAsync()
    {
        for (; _mounts > 0; _mounts--)
        {
            await CommandLine.RunAsync("umount", ["--lazy", MountPoint]);
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task MountAsync(params string[] arguments)
    {
        await CommandLine.RunAsync("mount", [.. arguments, MountPoint]);
        _mounts++;
        Directory.CreateDirectory(Path);
    }
}
