using Ecs.Agent.Application.Cgroups;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Infrastructure.Hosts;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Infrastructure.Docker;

/// <summary>What Docker on this machine can do. What cannot be found out is not claimed, and is no reason not to register.</summary>
internal sealed partial class DockerHostAbilities(
    ITaskCgroups cgroups, IPauseImage pauseImage, DockerVolumePlugins plugins, ILogger<DockerHostAbilities> logger) : IHostAbilities
{
    public async Task<HostAbilities> FindAsync(CancellationToken cancellationToken)
    {
        var volumePlugins = plugins.ListAsync(cancellationToken);
        return new HostAbilities
        {
            TaskLimits = cgroups.InForce,
            PauseContainers = await HasPauseImageAsync(cancellationToken),
            VolumePlugins = await volumePlugins,
        };
    }

    private async Task<bool> HasPauseImageAsync(CancellationToken cancellationToken)
    {
        try
        {
            await pauseImage.EnsureAsync(cancellationToken);
            return true;
        }
        catch (RuntimeException e)
        {
            LogNoPauseImage(e.Message);
            return false;
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Tasks whose containers share process or IPC namespaces are not placed here, because the image of pause containers cannot be "
            + "loaded into Docker: {Problem}")]
    private partial void LogNoPauseImage(string problem);
}
