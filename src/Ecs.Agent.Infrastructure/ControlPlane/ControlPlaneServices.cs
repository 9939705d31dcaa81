using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.ControlPlane;
using Ecs.Agent.Application.Identity;
using Ecs.Agent.Application.Registration;
using Ecs.Agent.Infrastructure.Aws;
using Ecs.Agent.Infrastructure.ControlPlane.Acs;
using Ecs.Agent.Infrastructure.ControlPlane.EcsApi;
using Ecs.Agent.Infrastructure.Hosts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Ecs.Agent.Infrastructure.ControlPlane;

/// <summary>Registers everything that talks to the ECS control plane.</summary>
public static class ControlPlaneServices
{
    /// <summary>
    /// Adds <see cref="IControlPlane"/>, <see cref="IContainerInstanceProfile"/> and the task channel, which starts with the host and
    /// connects once this machine is registered. Wants <see cref="AgentOptions"/>, the Application and a container runtime from elsewhere.
    /// </summary>
    /// <param name="services">Where to.</param>
    /// <param name="environment">The process environment, or what an embedder wants read instead: credentials and IMDS settings.</param>
    /// <param name="build">Which agent the control plane sees.</param>
    public static IServiceCollection AddEcsControlPlane(
        this IServiceCollection services, IReadOnlyDictionary<string, string> environment, AgentBuild build)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(build);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IIdentifiers, RandomIdentifiers>();
        services.AddSingleton(build);
        AddAws(services, environment);
        AddEcsApi(services);
        AddAcs(services);
        services.AddSingleton<IMachine, Ec2Machine>();
        services.AddSingleton<IContainerInstanceProfile, ContainerInstanceProfile>();
        services.TryAddSingleton<IHostAbilities, NoHostAbilities>();
        return services;
    }

    private static void AddAws(IServiceCollection services, IReadOnlyDictionary<string, string> environment)
    {
        services.AddInstanceCredentials(environment);
        services.AddSingleton<IInstanceMetadata>(provider => new InstanceMetadataClient(
            InstanceMetadataClient.NewHttpClient(),
            environment,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IIdentifiers>()));
    }

    private static void AddEcsApi(IServiceCollection services)
    {
        services.AddSingleton<EcsApiPipelines>();
        services.AddSingleton(provider => new EcsApiClient(
            EcsApiClient.NewHttpClient(),
            provider.GetRequiredService<AgentOptions>(),
            provider.GetRequiredService<AgentBuild>(),
            provider.GetRequiredService<InstanceCredentials>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<PollEndpointCache>();
        services.AddSingleton<IControlPlane, EcsControlPlane>();
    }

    private static void AddAcs(IServiceCollection services)
    {
        services.AddSingleton<IAcsDialer, AcsDialer>();
        services.AddSingleton<PayloadHandler>();
        services.AddSingleton<ManifestHandler>();
        services.AddSingleton<CredentialsHandler>();
        services.AddSingleton<AcsMessageHandler>();
        services.AddHostedService<AcsSession>();
    }
}
