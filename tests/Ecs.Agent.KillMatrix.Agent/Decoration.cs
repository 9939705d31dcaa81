using Microsoft.Extensions.DependencyInjection;

namespace Ecs.Agent.KillPoints;

/// <summary>Puts something around a service that is registered already.</summary>
internal static class Decoration
{
    public static void Decorate<TService>(this IServiceCollection services, Func<TService, IServiceProvider, TService> around)
        where TService : class
    {
        var plain = services.Last(service => service.ServiceType == typeof(TService));
        services.Remove(plain);
        services.AddSingleton(provider => around((TService)Make(plain, provider), provider));
    }

    private static object Make(ServiceDescriptor plain, IServiceProvider provider) =>
        plain.ImplementationFactory?.Invoke(provider)
        ?? plain.ImplementationInstance
        ?? ActivatorUtilities.CreateInstance(provider, plain.ImplementationType!);
}
