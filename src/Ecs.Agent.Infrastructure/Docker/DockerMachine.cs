using Ecs.Agent.Application.Cgroups;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Infrastructure.Cgroups;
using Ecs.Agent.Infrastructure.Docker.Wire;

namespace Ecs.Agent.Infrastructure.Docker;

/// <summary>The machine that the daemon runs on, in its own words.</summary>
/// <param name="docker">The daemon.</param>
/// <param name="time">The clock of the limit.</param>
/// <param name="kernel">The version of the kernel under this process; null when it is unknown.</param>
internal sealed class DockerMachine(DockerHttp docker, TimeProvider time, string? kernel) : IDockerMachine
{
    private static readonly DockerOperation Info = new("CannotGetDockerclientError", "info", TimeSpan.FromSeconds(10));

    public async Task<string?> FindCgroupDriverAsync(CancellationToken cancellationToken)
    {
        InfoAnswer info;
        try
        {
            info = await Info.RunAsync(time, token => docker.GetAsync("/info", DockerJson.Default.InfoAnswer, token), cancellationToken);
        }
        catch (RuntimeException)
        {
            // A daemon that does not answer now says nothing against groups; the first container will show what is wrong with it.
            return null;
        }

        return kernel is null || string.IsNullOrEmpty(info.KernelVersion) || info.KernelVersion == kernel
            ? string.IsNullOrEmpty(info.CgroupDriver) ? null : info.CgroupDriver
            : throw new CgroupException(
                $"the Docker daemon runs on another machine than this agent: its kernel is {info.KernelVersion}, ours is {kernel}");
    }
}
