using Ecs.Agent.Application.Cgroups;
using Ecs.Agent.Infrastructure.Cgroups.Systemd;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Ecs.Agent.Infrastructure.Cgroups;

/// <summary>Registers the control groups of this machine.</summary>
public static class CgroupServices
{
    /// <summary>Adds <see cref="ITaskCgroups"/>, unless the caller has its own. Needs the Docker runtime to be there.</summary>
    public static IServiceCollection AddTaskCgroups(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddSingleton<ISystemdUnits>(
            provider => new SystemdUnits(SystemdUnits.SystemBus, provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<ITaskCgroups, TaskCgroups>();
        return services;
    }
}
