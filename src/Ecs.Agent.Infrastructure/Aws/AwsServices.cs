using Ecs.Agent.Application.Configuration;
using Ecs.Agent.Application.Registries;
using Ecs.Agent.Application.Secrets;
using Ecs.Agent.Infrastructure.ControlPlane;
using Ecs.Agent.Infrastructure.Hosts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Infrastructure.Aws;

/// <summary>Registers the AWS services that the agent calls on behalf of tasks.</summary>
public static class AwsServices
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Adds <see cref="IParameterStore"/>, <see cref="ISecretsManager"/>, <see cref="IEnvironmentFileStore"/> and <see cref="IEcrTokens"/>
    /// where they
    /// are not there yet. Nothing is called before a task needs it.
    /// </summary>
    /// <param name="services">Where to.</param>
    /// <param name="environment">The process environment, or what stands for it: endpoints and the instance's own credentials.</param>
    /// <param name="build">Which agent the services see.</param>
    public static IServiceCollection AddAwsServices(
        this IServiceCollection services, IReadOnlyDictionary<string, string> environment, AgentBuild build)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(build);
        services.AddInstanceCredentials(environment);
        services.TryAddSingleton(_ => new AwsEndpoints(environment, IpReach.IsIpv6Only()));
        services.TryAddSingleton<AwsCaller>();
        services.TryAddSingleton<AwsRetries>();
        services.TryAddSingleton(provider => new AwsJsonClient(
            AwsJsonClient.NewHttpClient(ConnectTimeout), UserAgent(provider, build), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new S3Client(
            AwsJsonClient.NewHttpClient(ConnectTimeout),
            UserAgent(provider, build),
            provider.GetRequiredService<AwsEndpoints>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<TaskServiceCalls>();
        services.TryAddSingleton<IParameterStore, SsmParameterStore>();
        services.TryAddSingleton<ISecretsManager, AwsSecretsManager>();
        services.TryAddSingleton<IEnvironmentFileStore, S3EnvironmentFileStore>();
        services.TryAddSingleton<IEcrTokens, EcrTokens>();
        return services;
    }

    /// <summary>Adds the container instance's own credentials.</summary>
    internal static void AddInstanceCredentials(this IServiceCollection services, IReadOnlyDictionary<string, string> environment) =>
        services.TryAddSingleton(provider =>
        {
            var options = provider.GetRequiredService<AgentOptions>();
            var chain = options.External
                ? CredentialsChain.External(environment, options.AlternateCredentialProfile)
                : CredentialsChain.Ec2(environment, options.AlternateCredentialProfile);
            return new InstanceCredentials(
                chain, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<InstanceCredentials>>());
        });

    private static string UserAgent(IServiceProvider provider, AgentBuild build) =>
        build.UserAgent(provider.GetRequiredService<AgentOptions>().DetailedOsFamily);
}
