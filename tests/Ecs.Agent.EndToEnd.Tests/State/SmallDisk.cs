using Ecs.Agent.EndToEnd.Tests.Processes;

namespace Ecs.Agent.EndToEnd.Tests.State;

/// <summary>A file system of a few megabytes, to be filled up and made read-only. Needs root.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ecs-agent-disk-").FullName;

    private string Filling => System.IO.Path.Combine(_folder, "filling");

    /// <summary>The data directory on it.</summary>
    public string Path => System.IO.Path.Combine(_folder, "data");

    public static async Task<SmallDisk> MountAsync()
    {
        var disk = new SmallDisk();
        await CommandLine.RunAsync("mount", ["-t", "tmpfs", "-o", "size=8m", "tmpfs", disk._folder]);
        Directory.CreateDirectory(disk.Path);
        return disk;
    }

    /// <summary>Leaves no room, not for a byte.</summary>
    public void Fill()
    {
        using var file = new FileStream(Filling, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        var block = new byte[4096];
        try
        {
            while (true)
            {
                file.Write(block);
            }
        }
        catch (IOException)
        {
            // It is full.
        }
    }

    public void MakeRoom() => File.Delete(Filling);

    public Task RemountAsync(string mode) => CommandLine.RunAsync("mount", ["-o", $"remount,{mode}", _folder]);

    public async ValueTask DisposeAsync()
    {
        await CommandLine.RunAsync("umount", ["--lazy", _folder]);
        Directory.Delete(_folder, recursive: true);
    }
}
