using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.Runtime;
using Ecs.Agent.Infrastructure.Cgroups;
using Ecs.Agent.Infrastructure.Docker.Pause;
using Ecs.Agent.Infrastructure.Hosts;
using Ecs.Agent.Infrastructure.Networking;
using Microsoft.Extensions.DependencyInjection;

namespace Ecs.Agent.Infrastructure.Docker;

/// <summary>Registers Docker as the container runtime.</summary>
public static class DockerServices
{
    private const string KernelRelease = "/proc/sys/kernel/osrelease";
    private const string KernelPortRange = "/proc/sys/net/ipv4/ip_local_port_range";

    /// <summary>
    /// Adds <see cref="IContainerRuntime"/>, <see cref="IImageStore"/>, <see cref="IHostContainers"/>, <see cref="IImageDisk"/>,
    /// <see cref="IPauseImage"/>, <see cref="IVolumeStore"/>, <see cref="IContainerEvents"/> and <see cref="IContainerLogs"/>. Needs
    /// <see cref="AgentOptions"/>, <see cref="TimeProvider"/> and logging to be there. Nothing is connected before it is used; a
    /// <c>DOCKER_HOST</c> that cannot be used throws <see cref="ArgumentException"/> then.
    /// </summary>
    public static IServiceCollection AddDockerRuntime(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddSingleton(provider => new DockerHttp(DockerEndpoint.From(provider.GetRequiredService<AgentOptions>())));
        services.AddSingleton<DockerApi>();
        services.AddSingleton(provider => new DockerRetries(provider.GetRequiredService<TimeProvider>(), Random.Shared.NextDouble));
        services.AddSingleton<IDockerMachine>(provider => new DockerMachine(
            provider.GetRequiredService<DockerHttp>(), provider.GetRequiredService<TimeProvider>(), KernelVersion()));
        services.AddSingleton<IPortProbe, SocketPortProbe>();
        services.AddSingleton(provider => new HostPortAllocator(
            DynamicRange(provider.GetRequiredService<AgentOptions>()), provider.GetRequiredService<IPortProbe>()));
        services.AddSingleton<IContainerRuntime, DockerContainerRuntime>();
        services.AddSingleton<IContainerSurvey, DockerContainerSurvey>();
        services.AddSingleton<IImageStore, DockerImageStore>();
        services.AddSingleton<IHostContainers, DockerHostContainers>();
        services.AddSingleton<IImageDisk, DockerImageDisk>();
        services.AddSingleton<IPauseImage, DockerPauseImage>();
        services.AddSingleton<DockerVolumePlugins>();
        services.AddSingleton<IHostAbilities, DockerHostAbilities>();
        services.AddSingleton<IVolumeStore, DockerVolumeStore>();
        services.AddSingleton<IContainerEvents, DockerContainerEvents>();
        services.AddSingleton<IContainerLogs, DockerContainerLogs>();
        return services;
    }

    private static string? KernelVersion() => TryRead(KernelRelease)?.Trim();

    private static HostPortRange DynamicRange(AgentOptions options)
    {
        if (options.DynamicHostPortRange is var (first, last))
        {
            return new HostPortRange(first, last);
        }

        return TryRead(KernelPortRange) is { } range ? HostPortRange.FromKernel(range) : HostPortRange.Fallback;
    }

    private static string? TryRead(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
