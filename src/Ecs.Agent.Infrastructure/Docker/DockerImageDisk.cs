using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Domain.Containers;
using Ecs.Agent.Domain.Images;

namespace Ecs.Agent.Infrastructure.Docker;

/// <summary>
/// The disk that Docker's data root is on. It can be measured only where the agent sees the same files as the daemon: over a Unix socket,
/// and with the data root at the same path.
/// </summary>
internal sealed class DockerImageDisk(DockerApi api, AgentOptions options, TimeProvider time) : IImageDisk
{
    private static readonly DockerOperation Info = new(ContainerErrorNames.CannotInspectContainer, "inspecting", TimeSpan.FromSeconds(30));

    private volatile string? _root;

    public async Task<DiskSpace?> MeasureAsync(CancellationToken cancellationToken)
    {
        if (options.DockerHost.Scheme != "unix")
        {
            return null;
        }

        _root ??= await Info.RunAsync(time, RootAsync, cancellationToken);
        return Measure(_root);
    }

    private async Task<string> RootAsync(CancellationToken cancellationToken) =>
        (await api.CallAsync(client => client.System.GetSystemInfoAsync(cancellationToken), cancellationToken)).DockerRootDir ?? "";

    private static DiskSpace? Measure(string root)
    {
        try
        {
            var drive = root.Length == 0 ? null : new DriveInfo(root);
            return drive is null ? null : new DiskSpace(drive.TotalSize, drive.AvailableFreeSpace);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
