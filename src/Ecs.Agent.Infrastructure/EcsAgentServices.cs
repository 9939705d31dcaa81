using Ecs.Agent.Application;
using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Infrastructure.Aws;
using Ecs.Agent.Infrastructure.Cgroups;
using Ecs.Agent.Infrastructure.Checkpoints;
using Ecs.Agent.Infrastructure.ControlPlane;
using Ecs.Agent.Infrastructure.Docker;
using Ecs.Agent.Infrastructure.Registration;
using Microsoft.Extensions.DependencyInjection;

namespace Ecs.Agent.Infrastructure;

/// <summary>Composes a whole agent.</summary>
public static class EcsAgentServices
{
    /// <summary>
    /// Adds the agent: it registers this machine and takes tasks as soon as the host starts, and leaves them running when the host stops.
    /// Needs logging to be there. Observers of tasks and pulls, and other adapters for the Application's ports, count when they are
    /// registered before.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="options">The agent's configuration.</param>
    /// <param name="environment">Where credentials are looked for: the process environment, or what stands for it.</param>
    /// <param name="build">Which build the control plane is told of.</param>
    public static IServiceCollection AddEcsAgent(
        this IServiceCollection services, AgentOptions options, IReadOnlyDictionary<string, string> environment, AgentBuild build)
    {
        services.AddCheckpoints(options);
        services.AddAwsServices(environment, build);
        services.AddTaskCgroups();
        services.AddEcsAgentApplication(options);
        services.AddDockerRuntime();
        services.AddHostedService<RegistrationService>();
        services.AddEcsControlPlane(environment, build);
        return services;
    }
}
