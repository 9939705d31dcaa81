using Ecs.Agent.Application.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Ecs.Agent.Infrastructure.Operations;

/// <summary>Registers the operator's socket.</summary>
public static class OperatorServices
{
    /// <summary>
    /// Lets operators of this machine ask why tasks are as they are (<c>ecs-agent explain</c>), on a Unix domain socket. Needs the agent to
    /// be registered, too.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="environment">Says where the socket goes: see <see cref="SocketDirectory"/>.</param>
    public static IServiceCollection AddOperatorSocket(this IServiceCollection services, IReadOnlyDictionary<string, string> environment)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(environment);
        services.AddSingleton<OperatorApplication>();
        services.AddSingleton(provider => new OperatorSocket(
            environment,
            provider.GetRequiredService<OperatorApplication>(),
            provider.GetRequiredService<IIdentifiers>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>(),
            provider.GetRequiredService<ILogger<OperatorSocket>>()));
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<OperatorSocket>());
        return services;
    }
}
